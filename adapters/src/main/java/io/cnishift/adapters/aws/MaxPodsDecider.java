package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import java.util.OptionalInt;

/**
 * Who decides max-pods on the nodes of a group, in the order that EKS documents:
 *
 * <ol>
 *   <li>A managed group whose template names no AMI: EKS writes the number into the user data it generates, past whatever
 *       the template says. Only Bottlerocket lets the template's own setting win.
 *   <li>The user data, where it sets the kubelet's max-pods.
 *   <li>The image's own formula for the instance type.
 * </ol>
 *
 * @param by who decides
 * @param number what is set, where a number is written
 */
record MaxPodsDecider(MaxPodsBy by, OptionalInt number) {

    /**
     * A managed node group.
     *
     * @param ownImage whether its own template names an AMI
     * @param own user data of its own template
     * @param generated user data of the template that EKS made of it
     */
    static MaxPodsDecider managed(String amiType, boolean ownImage, UserData own, UserData generated) {
        if (ownImage) {
            return selfManaged(own);
        }
        if (amiType.startsWith("BOTTLEROCKET") && own.setsMaxPods()) {
            return new MaxPodsDecider(MaxPodsBy.USER_DATA, own.maxPods());
        }
        return new MaxPodsDecider(MaxPodsBy.MANAGED_GROUP, generated.maxPods());
    }

    /** A group whose nodes start with its own image and user data. */
    static MaxPodsDecider selfManaged(UserData own) {
        return own.setsMaxPods()
                ? new MaxPodsDecider(MaxPodsBy.USER_DATA, own.maxPods())
                : new MaxPodsDecider(MaxPodsBy.ENI_FORMULA, OptionalInt.empty());
    }
}
