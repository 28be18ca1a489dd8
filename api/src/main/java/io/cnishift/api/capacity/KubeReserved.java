package io.cnishift.api.capacity;

/** The memory that a node keeps back for kubelet and the container runtime. */
public final class KubeReserved {

    private static final int BASE_MIB = 255;
    private static final int MIB_PER_POD = 11;

    private KubeReserved() {}

    /**
     * What nodeadm reserves, in MiB: 255 and 11 for each pod that the node admits, used or not; 442 for 17 pods, 1465 for 110.
     * Source: amazon-eks-ami, nodeadm. A kubelet configuration of one's own may say otherwise.
     *
     * @throws IllegalArgumentException when {@code maxPods} is below 1
     */
    public static int memoryMiB(int maxPods) {
        if (maxPods < 1) {
            throw new IllegalArgumentException("A node admits at least 1 pod, not " + maxPods + ".");
        }
        return MIB_PER_POD * maxPods + BASE_MIB;
    }
}
