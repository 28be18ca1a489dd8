package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Neighbour;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;

/** Reads what EKS itself tells: the cluster, its add-ons, its Pod Identity associations. */
final class ClusterSection {

    private static final Set<String> WITHOUT_SERVER = Set.of("CREATING", "PENDING", "DELETING", "FAILED");
    private static final String IDENTITY = "UID of namespace kube-system";

    private final AwsRead read;
    private final EksApi eks;
    private final Collected out;

    ClusterSection(AwsRead read) {
        this.read = read;
        this.eks = read.apis().eks();
        this.out = read.out();
    }

    void cluster(KubernetesFacts kubernetes) {
        List<String> fargate = out.list(Part.CLUSTER, "Fargate profiles", () -> eks.fargateProfiles(read.name()));
        // one that is being made or deleted has no API server to be asked
        Optional<String> uid =
                WITHOUT_SERVER.contains(Objects.toString(read.cluster().statusAsString(), ""))
                        ? Optional.empty()
                        : out.attempt(Part.CLUSTER, IDENTITY, kubernetes::kubeSystemUid);
        if (uid.filter(String::isEmpty).isPresent()) {
            out.gap(
                    Part.CLUSTER,
                    IDENTITY,
                    "the API server knows no namespace kube-system",
                    "check --context and --endpoint");
        }
        out.add(ClusterRecords.cluster(read.cluster(), fargate, uid.orElse(""), out));
    }

    /**
     * Reads the add-ons. Only EKS saying "not found" for a name means that there is no such add-on; an endpoint that does not
     * offer add-ons at all leaves the part unknown.
     */
    void addons() {
        for (String name : out.list(Part.ADDONS, "add-ons", () -> eks.addons(read.name()))) {
            present(Part.ADDONS, name, () -> eks.addon(read.name(), name))
                    .ifPresent(addon -> out.add(ClusterRecords.addon(addon, out)));
        }
    }

    void podIdentities() {
        out.list(Part.POD_IDENTITIES, "Pod Identity associations", () -> eks.podIdentities(read.name())).stream()
                .map(summary -> present(
                        Part.POD_IDENTITIES,
                        summary.namespace() + "/" + summary.serviceAccount(),
                        () -> eks.podIdentity(read.name(), summary.associationId())))
                .flatMap(Optional::stream)
                .forEach(found -> out.add(new PodIdentity(
                        found.namespace(),
                        found.serviceAccount(),
                        ClusterRecords.text(found.roleArn()),
                        Optional.ofNullable(found.targetRoleArn()),
                        Boolean.TRUE.equals(found.disableSessionTags()))));
    }

    /** The access entries; a cluster that knows aws-auth alone has none, and EKS refuses to list them. */
    void accessEntries() {
        var access = read.cluster().accessConfig();
        if (access == null || access.authenticationMode() == AuthenticationMode.CONFIG_MAP) {
            return;
        }
        for (String principal : out.list(Part.ACCESS_ENTRIES, "access entries", () -> eks.accessEntries(read.name()))) {
            present(Part.ACCESS_ENTRIES, principal, () -> accessEntry(principal))
                    .ifPresent(out::add);
        }
    }

    private AccessEntry accessEntry(String principal) {
        var entry = eks.accessEntry(read.name(), principal);
        return new AccessEntry(
                principal,
                ClusterRecords.text(entry.type()),
                ClusterRecords.text(entry.username()),
                entry.kubernetesGroups(),
                eks.accessPolicies(read.name(), principal).stream()
                        .map(p -> new AccessEntry.Policy(p.policyArn(), AccessWrites.namespaces(p)))
                        .toList(),
                entry.tags());
    }

    /** The roles of the account that trust the issuer of the cluster; a cluster that has none is trusted by nobody. */
    void roles() {
        ClusterRecords.issuer(read.cluster())
                .map(Role::issuer)
                .ifPresent(issuer -> out
                        .list(Part.ROLES, "roles of the account", read.apis().roles()::roles)
                        .stream()
                        .map(TrustPolicies::role)
                        .filter(role -> !role.trusting(issuer).isEmpty())
                        .forEach(out::add));
    }

    void neighbours() {
        out.list(Part.NEIGHBOURS, "clusters of the region", eks::clusters).stream()
                .filter(name -> !name.equals(read.name()))
                .map(Neighbour::new)
                .forEach(out::add);
    }

    /** What was listed may be gone by the time it is asked for, which is no gap. */
    private <T> Optional<T> present(Part part, String subject, Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (CallFailure failure) {
            if (!failure.is(Fault.Kind.NOT_FOUND)) {
                out.gap(part, subject, failure);
            }
            return Optional.empty();
        }
    }
}
