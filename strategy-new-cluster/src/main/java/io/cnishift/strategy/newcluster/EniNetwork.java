package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.roll.MaxPodsRule;
import io.cnishift.cilium.EniEgress;
import io.cnishift.cilium.EniInput;
import io.cnishift.cilium.EniPool;
import io.cnishift.cilium.EniRights;
import io.cnishift.cilium.EniValues;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cilium on network interfaces that its operator manages: pods have addresses of the VPC.
 *
 * <p>The operator calls EC2 before any node has a network. A role by the issuer of the cluster would have to trust an issuer that is still to
 * be made, so one that is named is given to it by Pod Identity, whose agent runs on the host's network.
 */
record EniNetwork(SecondSite site) implements SecondNetwork {

    private static final String SUBJECT =
            "Deployment " + Migration.NAMESPACE + "/cilium-operator of the second cluster";

    @Override
    public Step step() {
        return site.cilium(values());
    }

    @Override
    public Optional<Release> release() {
        return Optional.of(site.release(values()));
    }

    @Override
    public Optional<MakeAddons.Wanted> addon() {
        return Optional.empty();
    }

    @Override
    public List<PodIdentity> identities() {
        return site
                .options()
                .operatorRole()
                .map(role -> new PodIdentity(Migration.NAMESPACE, Migration.OPERATOR_SERVICE_ACCOUNT, role))
                .or(this::associated)
                .stream()
                .toList();
    }

    private Optional<PodIdentity> associated() {
        return site.first()
                .get(
                        Part.POD_IDENTITIES,
                        PodIdentity.class,
                        Migration.NAMESPACE + "/" + Migration.OPERATOR_SERVICE_ACCOUNT);
    }

    @Override
    public int maxPods(NodeGroup group) {
        return EniPool.maxPods(group, site.nodes(group), false);
    }

    /** It reckons with the VPC CNI, which is not there. */
    @Override
    public int maxPodsByEks(NodeGroup group) {
        return MaxPodsRule.byInterfaces(group);
    }

    @Override
    public int addresses(Node node) {
        return EniPool.held(site.first(), node, false);
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        site.withoutImages().ifPresent(findings::add);
        site.groups().stream()
                .filter(g -> !SecondSite.told(g) && maxPodsByEks(g) > maxPods(g))
                .forEach(
                        g -> findings.add(
                                Code.NOT_MADE.of(
                                        "node group " + g.name(),
                                        "EKS lets its nodes admit " + maxPodsByEks(g)
                                                + " pods, and with Cilium their interfaces carry " + maxPods(g),
                                        "give it a launch template of its own, in which the number can be set, or choose another network")));
        findings.add(rights());
        return findings;
    }

    private Finding rights() {
        Optional<String> named = identities().stream().map(PodIdentity::role).findFirst();
        if (named.isPresent()) {
            return Code.OPERATOR_ROLE.of(
                    SUBJECT,
                    "a Pod Identity association gives it " + named.get(),
                    "see to it that the role trusts pods.eks.amazonaws.com and has " + EniRights.ALL);
        }
        boolean ownRole = site.first()
                        .addon(SecondDraft.VPC_CNI)
                        .filter(a -> a.podIdentity() || a.serviceAccountRole().isPresent())
                        .isPresent()
                || site.first()
                        .get(Part.POD_IDENTITIES, PodIdentity.class, "kube-system/aws-node")
                        .isPresent();
        return ownRole
                ? Code.OPERATOR_ROLE_UNKNOWN.of(
                        SUBJECT,
                        "it would act with the role of its node, and here "
                                + site.first()
                                        .addon(SecondDraft.VPC_CNI)
                                        .flatMap(Addon::serviceAccountRole)
                                        .map(role -> "the VPC CNI has " + role + " instead")
                                        .orElse("the VPC CNI has a role of its own by Pod Identity"),
                        "name a role with operatorRole that trusts pods.eks.amazonaws.com and has " + EniRights.ALL)
                : Code.OPERATOR_RIGHTS.of(
                        SUBJECT,
                        "it acts with the role of its node, as aws-node does here",
                        "see to it that the role has " + EniRights.ALL
                                + ", and accept this; or name one with operatorRole");
    }

    private Map<String, Object> values() {
        return site.values(EniValues.hubble(EniInput.of(site.options().ciliumVersion())
                .withMasquerade(EniEgress.masquerade(site.first(), site.subnets()))));
    }
}
