package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.Map;
import java.util.Optional;

/** Pod Identity associations: at most one for a service account. */
public final class PodIdentityApi implements Behaviour {

    @Override
    public String id() {
        return "pod-identity-api";
    }

    @Override
    public String source() {
        return "AWS SDK: eks CreatePodIdentityAssociation, DeletePodIdentityAssociation; domain.md 8.1";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        acts.on(CreatePodIdentity.class, a -> before(cloud, a.namespace(), a.serviceAccount()), a -> create(cloud, a));
        acts.on(DeletePodIdentity.class, a -> before(cloud, a.namespace(), a.serviceAccount()), a -> {
            find(cloud, a.namespace(), a.serviceAccount()).ifPresent(i -> cloud.remove(Part.POD_IDENTITIES, i.key()));
            return Acts.done();
        });
    }

    private static ActResult create(Cloud cloud, CreatePodIdentity act) {
        if (find(cloud, act.namespace(), act.serviceAccount()).isPresent()) {
            return Acts.no(
                    Reason.EXISTS,
                    "ResourceInUseException: Association already exists for " + act.namespace() + "/"
                            + act.serviceAccount());
        }
        cloud.put(act.identity());
        return Acts.done();
    }

    private static Optional<PodIdentity> find(Cloud cloud, String namespace, String account) {
        return cloud.view().get(Part.POD_IDENTITIES, PodIdentity.class, namespace + "/" + account);
    }

    private static Map<String, Object> before(Cloud cloud, String namespace, String account) {
        return find(cloud, namespace, account)
                .map(i -> Trees.of("serviceAccount", i.key(), "role", i.role()))
                .orElse(Map.of());
    }
}
