package io.cnishift.engine.policy;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.act.DisassociateCidrBlock;
import java.util.List;

/** What acts on the VPC and its subnets need their permissions on. A subnet that is to be made has no id yet. */
final class VpcResources {

    private VpcResources() {}

    /** The resources; empty for other acts. */
    static List<String> of(Act act, String action, Arns arns) {
        if (act instanceof AssociateCidrBlock block) {
            return List.of(arns.ec2("vpc/" + block.vpc()));
        }
        if (act instanceof DisassociateCidrBlock block) {
            return List.of(arns.ec2("vpc/" + block.vpc()));
        }
        String subnets = arns.ec2("subnet/*");
        if (act instanceof CreateSubnet create) {
            return action.equals("ec2:CreateSubnet")
                    ? List.of(subnets, arns.ec2("vpc/" + create.vpc()))
                    : List.of(subnets);
        }
        if (act instanceof AssociateRouteTable associate) {
            return List.of(arns.ec2("route-table/" + associate.routeTable()), subnets);
        }
        boolean subnet =
                act instanceof DeleteSubnet || act instanceof CreateSubnetTag || act instanceof DeleteSubnetTag;
        return subnet ? List.of(subnets) : List.of();
    }
}
