package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.cilium.Migration;
import java.util.Objects;
import java.util.Optional;

/**
 * With whose rights Cilium's operator calls EC2.
 *
 * @param from how it gets them
 * @param arn the role; empty when it is that of the operator's node, or none is known
 */
record OperatorRole(From from, Optional<String> arn) {

    private static final String OPERATOR = Migration.NAMESPACE + "/" + Migration.OPERATOR_SERVICE_ACCOUNT;
    private static final String AWS_NODE = Migration.NAMESPACE + "/aws-node";

    /** Ways to a role. */
    enum From {
        /** The user named it. */
        OPTION,
        /** A Pod Identity association of the operator's service account, which is there already. */
        ASSOCIATION,
        /** That of the VPC CNI's add-on, by its service account: it has most of the rights. */
        VPC_CNI,
        /** That of its node: the VPC CNI has no role of its own, so nodes have most of the rights. */
        NODE,
        /** The VPC CNI has a role by Pod Identity, which only its own service account gets. */
        NOBODY
    }

    OperatorRole {
        Objects.requireNonNull(from);
        Objects.requireNonNull(arn);
    }

    static OperatorRole of(Site site) {
        Optional<String> named = site.options().interfaces().flatMap(EniOptions::operatorRole);
        if (named.isPresent()) {
            return new OperatorRole(From.OPTION, named);
        }
        Optional<PodIdentity> own = association(site, OPERATOR);
        if (own.isPresent()) {
            return new OperatorRole(From.ASSOCIATION, own.map(PodIdentity::role));
        }
        Optional<Addon> addon = site.view().addon("vpc-cni");
        Optional<PodIdentity> ofVpcCni = association(site, AWS_NODE);
        if (ofVpcCni.isPresent() || addon.filter(Addon::podIdentity).isPresent()) {
            return new OperatorRole(From.NOBODY, ofVpcCni.map(PodIdentity::role));
        }
        return addon.flatMap(Addon::serviceAccountRole)
                .map(role -> new OperatorRole(From.VPC_CNI, Optional.of(role)))
                .orElseGet(() -> new OperatorRole(From.NODE, Optional.empty()));
    }

    /** The role that the operator's service account is to be annotated with. */
    Optional<String> assumed() {
        return switch (from) {
            case OPTION, VPC_CNI -> arn;
            case ASSOCIATION, NODE, NOBODY -> Optional.empty();
        };
    }

    private static Optional<PodIdentity> association(Site site, String account) {
        return site.view().get(Part.POD_IDENTITIES, PodIdentity.class, account);
    }
}
