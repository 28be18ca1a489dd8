package io.cnishift.it.node;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Map;

/** What the node side writes into the API, the way kubelets do: status by its subresource, the rest field by field. */
record Kube(KubernetesClient client) {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /** Custom objects of Cilium's. */
    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            cilium(String kind) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup("cilium.io")
                .withVersion("v2")
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(!kind.equals("CiliumNode"))
                .build());
    }

    void status(Pod pod, Map<String, Object> status) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(MERGE, Serialization.asJson(Map.of("status", status)));
    }

    void status(Node node, Map<String, Object> status) {
        client.nodes()
                .withName(node.getMetadata().getName())
                .subresource("status")
                .patch(MERGE, Serialization.asJson(Map.of("status", status)));
    }

    /** Makes an object where there is none of its name. */
    void make(HasMetadata object) {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /** Takes a pod away whose containers have ended. */
    void remove(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
    }
}
