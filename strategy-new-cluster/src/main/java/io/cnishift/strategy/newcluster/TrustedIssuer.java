package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Executor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Roles that trust the issuer of the first cluster, and what has to be done for them. Only those are extended that something in the second
 * cluster takes: a role of what stays behind would give rights to nobody that is meant.
 */
final class TrustedIssuer {

    /** Where the token for IAM is; it comes with the service account's annotation. Every other pod's own token is not recorded. */
    private static final String TOKEN = "projected";

    /** Characters that a trust policy may have, unless AWS has raised that for the account. */
    private static final int LONGEST = 2048;

    private final View first;
    private final View second;
    private final List<String> namespaces;
    private final NewClusterOptions.Trust by;

    TrustedIssuer(View first, View second, List<String> namespaces, NewClusterOptions.Trust by) {
        this.first = first;
        this.second = second;
        this.namespaces = List.copyOf(namespaces);
        this.by = by;
    }

    /** What extends the trust policies, by us or by their owner, who is asked and waited for. */
    Optional<Step> step() {
        List<String> names = needed().stream().map(Role::name).toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(StepDraft.of(
                                "trust-issuer",
                                new TrustIssuer(names),
                                "pods and add-ons whose role does not trust the issuer of their cluster have no rights",
                                names.stream()
                                        .map(name -> Part.ROLES + "/" + name)
                                        .toList(),
                                "the statements that were added are taken out again")
                        .by(by == NewClusterOptions.Trust.OWNER ? Executor.OWNER : Executor.CNISHIFT));
    }

    /** Where a second cluster that is made needs a person before its add-ons are. */
    Optional<Step> byHand() {
        List<String> left = first.cluster().oidcIssuer().isPresent() && made() ? left() : List.of();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(StepDraft.of(
                        "trust-by-hand",
                        new TrustByHand(left),
                        "somebody has to let the roles of " + String.join(", ", left) + " trust the issuer of "
                                + second.cluster().name()
                                + " before, which cnishift does not do ('cnishift explain NEW-TRUST' says why): give each trust"
                                + " policy a copy of its statement for " + issuer()
                                + " with the new issuer, without https://, in that one's place, by 'aws iam"
                                + " update-assume-role-policy'; " + ask() + " tells it",
                        List.of(),
                        "what was done by hand stays"));
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        first.cluster().oidcIssuer().ifPresent(issuer -> {
            List<String> left = left();
            if (!left.isEmpty()) {
                findings.add(trust(issuer, left));
            } else if (needed().isEmpty()) {
                findings.add(Code.IDENTITY.of(
                        subject(),
                        "roles of service accounts trust " + issuer + ", if there are any",
                        "extend their trust policies by the issuer of "
                                + second.cluster().name() + ", or use Pod Identity"));
            }
        });
        if (!needed().isEmpty()) {
            findings.add(roles(needed()));
        }
        needed().stream().filter(role -> longer(role) > LONGEST).forEach(role -> findings.add(full(role)));
        return findings;
    }

    private String subject() {
        return "cluster " + first.cluster().name();
    }

    private Finding trust(String issuer, List<String> left) {
        String name = second.cluster().name();
        return Code.TRUST.of(
                subject(),
                String.join(", ", left) + (left.size() == 1 ? " has" : " have") + " roles that trust " + issuer
                        + ", and not the issuer of " + name
                        + "; their policies are not read, or are in another account, so cnishift does not change them",
                "add a statement for the issuer of " + name + " to the trust policy of each role "
                        + (made() ? "when the run stops for that, before phase " + TrustByHand.PHASE : "first")
                        + " (" + ask() + "); " + provider() + "then accept it");
    }

    private String ask() {
        return "'aws eks describe-cluster --name " + second.cluster().name() + " --query cluster.identity.oidc.issuer'";
    }

    private Finding roles(List<Role> roles) {
        boolean owner = by == NewClusterOptions.Trust.OWNER;
        return Code.TRUST_ROLES.of(
                subject(),
                (owner ? "their owner is asked to let " : "cnishift lets ")
                        + roles.stream().map(Role::name).collect(Collectors.joining(", "))
                        + " trust the issuer of " + second.cluster().name() + " too",
                (owner ? "" : "say trust=owner where code keeps them; ") + provider() + "then accept it");
    }

    /** Of a cluster that exists nobody reads whether IAM knows its issuer. */
    private String provider() {
        return made()
                ? ""
                : "see that IAM has a provider for the issuer of "
                        + second.cluster().name()
                        + " ('aws iam list-open-id-connect-providers'), without which it takes no token of it; ";
    }

    private static Finding full(Role role) {
        return Code.TRUST_FULL.of(
                "role " + role.name(),
                "its trust policy has " + Count.of(role.length(), "character", "characters")
                        + ", and with statements for" + " a second issuer more than " + LONGEST,
                "have the account's quota for trust policies raised (up to 4096), or give its service accounts the role by Pod"
                        + " Identity; then accept it");
    }

    private boolean made() {
        return second.cluster().kubeSystemUid().isEmpty();
    }

    /** Whose role is not extended by the plan. */
    private List<String> left() {
        List<Role> known = needed();
        List<String> left = new ArrayList<>();
        addons().filter(a -> known.stream().noneMatch(r -> has(a, r)))
                .forEach(a -> left.add("add-on " + a.name() + " ("
                        + a.serviceAccountRole().orElse("").replaceFirst("^.*/", "") + ")"));
        first.pods().stream()
                .filter(p -> p.volumes().stream().anyMatch(v -> v.kind().equals(TOKEN)))
                .filter(this::carried)
                .map(p -> p.namespace() + "/" + p.serviceAccount())
                .filter(key ->
                        first.get(Part.POD_IDENTITIES, PodIdentity.class, key).isEmpty())
                .filter(key -> known.stream().noneMatch(r -> admits(r, key)))
                .distinct()
                .sorted()
                .forEach(key -> left.add("maybe service account " + key));
        return left;
    }

    private boolean carried(Pod pod) {
        return namespaces.contains(pod.namespace()) && !pod.finished();
    }

    /** Of a cluster that exists, add-ons have the roles that its owner gave them. */
    private Stream<Addon> addons() {
        return first.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> made() && second.addon(a.name()).isPresent())
                .filter(a -> a.serviceAccountRole().isPresent());
    }

    private static boolean has(Addon addon, Role role) {
        return addon.serviceAccountRole().filter(role.arn()::equals).isPresent();
    }

    /** Roles that something in the second cluster takes, and that do not trust its issuer yet. */
    private List<Role> needed() {
        Set<String> accounts = new TreeSet<>();
        first.pods().stream()
                .filter(this::carried)
                .forEach(p -> accounts.add(p.namespace() + "/" + p.serviceAccount()));
        first.all(Part.OBJECTS, NamedObject.class).stream()
                .filter(o -> o.objectKind().equals("ServiceAccount") && namespaces.contains(o.namespace()))
                .forEach(o -> accounts.add(o.namespace() + "/" + o.name()));
        if (made()) {
            BalancerController.of(first).ifPresent(c -> accounts.add(c.account()));
        }
        return first.all(Part.ROLES, Role.class).stream()
                .filter(r ->
                        addons().anyMatch(a -> has(a, r)) || accounts.stream().anyMatch(account -> admits(r, account)))
                .filter(r -> !missing(r).isEmpty())
                .toList();
    }

    private boolean admits(Role role, String account) {
        int slash = account.indexOf('/');
        return role.admits(issuer(), account.substring(0, slash), account.substring(slash + 1));
    }

    private String issuer() {
        return first.cluster().oidcIssuer().map(Role::issuer).orElse("");
    }

    /** What it lacks; of a cluster that is still to be made the issuer has a name of the same length. */
    private List<Map<String, Object>> missing(Role role) {
        return second.cluster()
                .oidcIssuer()
                .map(other -> TrustCopy.missing(role, issuer(), Role.issuer(other)))
                .orElseGet(() -> TrustCopy.of(role, issuer(), issuer()));
    }

    private int longer(Role role) {
        List<Map<String, Object>> all = new ArrayList<>(role.statements());
        all.addAll(missing(role));
        return new Role(role.name(), role.arn(), Tree.with(role.trust(), "Statement", all)).length();
    }
}
