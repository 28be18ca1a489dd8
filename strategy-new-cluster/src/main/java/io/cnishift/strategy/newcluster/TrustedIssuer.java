package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Roles that trust the issuer of the first cluster, as far as that shows in what is read, and what has to be done for them. */
final class TrustedIssuer {

    /** Where the token for IAM is; it comes with the service account's annotation. Every other pod's own token is not recorded. */
    private static final String TOKEN = "projected";

    private final View first;
    private final View second;
    private final List<String> namespaces;

    TrustedIssuer(View first, View second, List<String> namespaces) {
        this.first = first;
        this.second = second;
        this.namespaces = List.copyOf(namespaces);
    }

    Optional<Finding> finding() {
        return first.cluster().oidcIssuer().map(issuer -> {
            List<String> trusting = new ArrayList<>(addons());
            trusting.addAll(accounts());
            String name = second.cluster().name();
            String subject = "cluster " + first.cluster().name();
            return trusting.isEmpty()
                    ? Code.IDENTITY.of(
                            subject,
                            "roles of service accounts trust " + issuer + ", if there are any",
                            "extend their trust policies by the issuer of " + name + ", or use Pod Identity")
                    : Code.TRUST.of(
                            subject,
                            String.join(", ", trusting) + (trusting.size() == 1 ? " has" : " have")
                                    + " roles that trust " + issuer + ", and not the issuer of " + name,
                            "add a statement for the issuer of " + name + " to the trust policy of each role "
                                    + (made()
                                            ? "when phase make-second has made it, whose add-ons wait for it"
                                            : "first")
                                    + " ('aws eks describe-cluster --name " + name
                                    + " --query cluster.identity.oidc.issuer'), then accept it");
        });
    }

    private boolean made() {
        return second.cluster().kubeSystemUid().isEmpty();
    }

    /** Of a cluster that exists, add-ons have the roles that its owner gave them. */
    private List<String> addons() {
        return first.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> made() && second.addon(a.name()).isPresent())
                .flatMap(a -> a.serviceAccountRole().stream()
                        .map(role -> "add-on " + a.name() + " (" + role.replaceFirst("^.*/", "") + ")"))
                .toList();
    }

    private List<String> accounts() {
        return first.pods().stream()
                .filter(p -> namespaces.contains(p.namespace()) && !p.finished())
                .filter(p -> p.volumes().stream().anyMatch(v -> v.kind().equals(TOKEN)))
                .map(p -> p.namespace() + "/" + p.serviceAccount())
                .filter(key ->
                        first.get(Part.POD_IDENTITIES, PodIdentity.class, key).isEmpty())
                .distinct()
                .sorted()
                .map(key -> "maybe service account " + key)
                .toList();
    }
}
