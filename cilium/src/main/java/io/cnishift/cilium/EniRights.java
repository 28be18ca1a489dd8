package io.cnishift.cilium;

/** What Cilium's operator has to be allowed in EC2 to manage network interfaces. Source: Cilium's documentation of ENI IPAM. */
public final class EniRights {

    /** What the role of the VPC CNI has not of it. */
    public static final String BEYOND_VPC_CNI =
            "ec2:DescribeVpcs, ec2:DescribeSecurityGroups, ec2:DescribeRouteTables, ec2:DescribeManagedPrefixLists and"
                    + " ec2:GetManagedPrefixListEntries";

    /** All of it, in words. */
    public static final String ALL =
            "ec2:CreateNetworkInterface, AttachNetworkInterface, DeleteNetworkInterface, ModifyNetworkInterfaceAttribute,"
                    + " AssignPrivateIpAddresses, CreateTags, DescribeNetworkInterfaces, DescribeSubnets, DescribeInstanceTypes,"
                    + " DescribeTags, DescribeVpcs, DescribeSecurityGroups, DescribeRouteTables, DescribeManagedPrefixLists and"
                    + " GetManagedPrefixListEntries";

    private EniRights() {}
}
