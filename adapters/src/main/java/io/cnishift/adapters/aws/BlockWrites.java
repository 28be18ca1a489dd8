package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** Blocks of a VPC. EC2 goes on telling for a while of one that it took away; that one counts as gone. It has no dry run. */
final class BlockWrites {

    private static final String EC2 = "ec2";
    private static final String LEAVING = "disassociating";

    private BlockWrites() {}

    static void in(ActBook book) {
        book.on(AssociateCidrBlock.class, (at, act) -> before(at, act.vpc(), act.cidr()), BlockWrites::associate);
        book.on(DisassociateCidrBlock.class, (at, act) -> before(at, act.vpc(), act.cidr()), BlockWrites::disassociate);
    }

    private static ActResult associate(Writing at, AssociateCidrBlock act) {
        Optional<VpcCidrBlockAssociation> there = association(at, act.vpc(), act.cidr());
        if (there.isPresent()) {
            return state(there.get()).equals(LEAVING)
                    ? ActResults.no(Reason.BUSY, act.cidr() + " is being disassociated")
                    : ActResults.done();
        }
        AssociateVpcCidrBlockRequest request = AssociateVpcCidrBlockRequest.builder()
                .vpcId(act.vpc())
                .cidrBlock(act.cidr().toString())
                .build();
        try {
            at.calls()
                    .write(
                            EC2,
                            "AssociateVpcCidrBlock",
                            () -> at.clients().ec2().associateVpcCidrBlock(request));
        } catch (CallFailure failure) {
            // when the answer to a first request was lost, the block stands in the way of the second
            boolean mayBeOurs = failure.is(Fault.Kind.REJECTED) && at.calls().inDoubt();
            if (!mayBeOurs || association(at, act.vpc(), act.cidr()).isEmpty()) {
                throw failure;
            }
        }
        return ActResults.done();
    }

    private static ActResult disassociate(Writing at, DisassociateCidrBlock act) {
        Optional<VpcCidrBlockAssociation> there = association(at, act.vpc(), act.cidr());
        if (there.filter(a -> !state(a).equals(LEAVING)).isPresent()) {
            DisassociateVpcCidrBlockRequest request = DisassociateVpcCidrBlockRequest.builder()
                    .associationId(there.get().associationId())
                    .build();
            Writing.found(() -> at.calls()
                    .write(
                            EC2,
                            "DisassociateVpcCidrBlock",
                            () -> at.clients().ec2().disassociateVpcCidrBlock(request)));
        }
        return ActResults.done();
    }

    private static Optional<VpcCidrBlockAssociation> association(Writing at, String vpc, Cidr cidr) {
        return at.apis().network().vpcs(vpc).stream()
                .flatMap(found -> found.cidrBlockAssociationSet().stream())
                .filter(a -> cidr.toString().equals(a.cidrBlock()))
                .filter(a -> !state(a).equals("disassociated"))
                .findFirst();
    }

    private static String state(VpcCidrBlockAssociation association) {
        return NetworkRecords.block(association).state();
    }

    private static Map<String, Object> before(Writing at, String vpc, Cidr cidr) {
        return association(at, vpc, cidr)
                .map(there -> ActResults.tree("cidr", cidr.toString(), "state", state(there)))
                .orElse(Map.of());
    }
}
