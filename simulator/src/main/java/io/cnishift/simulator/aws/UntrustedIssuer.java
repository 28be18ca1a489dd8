package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Kernel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod whose role is known by the tokens of another cluster gets none by those of its own until the role trusts them too, and ends. Whose
 * role it is tells its trust policy: the service accounts that it admits.
 */
public final class UntrustedIssuer implements Behaviour {

    @Override
    public String id() {
        return "untrusted-issuer";
    }

    @Override
    public String source() {
        return "AWS STS API reference: AssumeRoleWithWebIdentity, AccessDenied; EKS user guide: IAM roles for service accounts";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        cloud.neighbour().ifPresent(home -> kernel.containers().playedBy(pod -> ailment(cloud, home, pod)));
    }

    private static Optional<Ailment> ailment(Cloud here, Cloud home, Map<String, Object> pod) {
        Collection<Role> roles = home.view().all(Part.ROLES, Role.class);
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        String namespace = Tree.text(pod, "metadata", "namespace").orElse("");
        String account = Tree.text(pod, "spec", "serviceAccountName").orElse("default");
        List<Role> its = issuer(home)
                .map(issuer -> roles.stream()
                        .filter(r -> r.admits(issuer, namespace, account))
                        .toList())
                .orElse(List.of());
        boolean refused = !its.isEmpty()
                && issuer(here)
                        .filter(issuer -> its.stream().anyMatch(r -> r.admits(issuer, namespace, account)))
                        .isEmpty();
        return refused
                ? Optional.of(
                        Ailment.crashed("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity on "
                                + its.get(0).arn()))
                : Optional.empty();
    }

    private static Optional<String> issuer(Cloud cloud) {
        return cloud.view().all(Part.CLUSTER, Cluster.class).stream()
                .findFirst()
                .flatMap(Cluster::oidcIssuer)
                .map(Role::issuer);
    }
}
