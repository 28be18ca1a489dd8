package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fabric8 client works against a simulated cluster as against a real one. */
final class Fabric8IT {
    private static final String NAMESPACE = "default";

    @TempDir
    private Path folder;

    private Fronted fronted;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws IOException {
        fronted = new Fronted("minnie-wallace", folder);
        Config config = Config.fromKubeconfig(Files.readString(fronted.kubeconfig()));
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void close() {
        client.close();
        fronted.close();
    }

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addToData("a", "b")
                .build();
    }

    static Deployment shop(int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "shop")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "shop")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("example/shop:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void readsInPagesAndBySelectors() {
        PodList page = client.pods()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(5L).build());
        assertThat(page.getItems()).hasSize(5);
        assertThat(page.getMetadata().getContinue()).isNotEmpty();
        assertThat(client.pods()
                        .inNamespace("kube-system")
                        .withLabelIn("k8s-app", "kube-dns")
                        .withField("status.phase", "Running")
                        .list()
                        .getItems())
                .hasSize(2);
        assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("none").get())
                .isNull();
    }

    @Test
    void anInformerHearsOfWhatHappens() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ResourceEventHandler<ConfigMap> handler = new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                heard.add("added " + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                heard.add("updated " + after.getData());
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                heard.add("deleted " + map.getMetadata().getName());
            }
        };
        try (SharedIndexInformer<ConfigMap> informer =
                client.configMaps().inNamespace(NAMESPACE).inform(handler)) {
            client.resource(map("one")).create();
            assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("added one");
            client.configMaps()
                    .inNamespace(NAMESPACE)
                    .withName("one")
                    .edit(m -> new ConfigMapBuilder(m).addToData("a", "c").build());
            assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("updated {a=c}");
            client.resource(map("one")).delete();
            assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("deleted one");
        }
    }

    @Test
    void appliesScalesAndDriesRun() {
        client.resource(shop(2)).fieldManager("mine").serverSideApply();
        client.apps().deployments().inNamespace(NAMESPACE).withName("shop").scale(3);
        assertThatThrownBy(() -> client.resource(shop(2)).fieldManager("other").serverSideApply())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409))
                .hasMessageContaining(".spec.replicas");
        assertThat(client.resource(shop(2))
                        .fieldManager("other")
                        .forceConflicts()
                        .serverSideApply()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
        client.resource(map("dry")).dryRun().create();
        assertThat(client.resource(map("dry")).get()).isNull();
    }

    @Test
    void ofTwoWhoTakeALeaseOneLoses() {
        Lease lease = client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("cnishift")
                        .withNamespace("kube-system")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("nobody")
                        .endSpec()
                        .build())
                .create();
        String version = lease.getMetadata().getResourceVersion();
        client.resource(held(lease, "first")).lockResourceVersion(version).update();
        assertThatThrownBy(() -> client.resource(held(lease, "second"))
                        .lockResourceVersion(version)
                        .update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(client.resource(lease).get().getSpec().getHolderIdentity()).isEqualTo("first");
    }

    private static Lease held(Lease lease, String holder) {
        return new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity(holder)
                .endSpec()
                .build();
    }

    @Test
    void anEvictionIsRefusedByABudgetAtOnce() {
        client.resource(shop(2)).create();
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName("strict")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withNewMinAvailable(2)
                        .withNewSelector()
                        .addToMatchLabels("app", "shop")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        fronted.advance("3m");
        String pod = client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", "shop")
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();
        assertThat(client.pods().inNamespace(NAMESPACE).withName(pod).evict()).isFalse();
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(NAMESPACE)
                .withName("strict")
                .delete();
        assertThat(client.pods().inNamespace(NAMESPACE).withName(pod).evict()).isTrue();
    }

    @Test
    void changesNodesAndCustomResources() {
        Node node = client.nodes().list().getItems().get(0);
        String name = node.getMetadata().getName();
        client.nodes()
                .withName(name)
                .edit(n -> new NodeBuilder(n)
                        .editSpec()
                        .withUnschedulable(true)
                        .endSpec()
                        .build());
        assertThat(client.nodes().withName(name).get().getSpec().getUnschedulable())
                .isTrue();
        GenericKubernetesResource config = new GenericKubernetesResource();
        config.setApiVersion("crd.k8s.amazonaws.com/v1alpha1");
        config.setKind("ENIConfig");
        config.setMetadata(new ObjectMetaBuilder().withName("zone-a").build());
        config.setAdditionalProperty("spec", Map.of("subnet", "subnet-1", "securityGroups", List.of("sg-1")));
        client.resource(config).create();
        assertThat(client.genericKubernetesResources("crd.k8s.amazonaws.com/v1alpha1", "ENIConfig")
                        .list()
                        .getItems())
                .hasSize(1);
    }
}
