package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.Once;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.eks.model.Cluster;

/** What the parts of one read share. */
final class AwsRead {

    private final AwsApis apis;
    private final Cluster cluster;
    private final Collected out;
    private final Once<List<NetworkInterface>> interfaces;
    private final Once<List<RouteTable>> routeTables;

    AwsRead(AwsApis apis, Cluster cluster, Collected out) {
        this.apis = apis;
        this.cluster = cluster;
        this.out = out;
        this.interfaces = new Once<>(() -> apis.network().interfaces(vpc()));
        this.routeTables = new Once<>(() -> apis.network().routeTables(vpc()));
    }

    AwsApis apis() {
        return apis;
    }

    Cluster cluster() {
        return cluster;
    }

    String name() {
        return cluster.name();
    }

    String vpc() {
        return cluster.resourcesVpcConfig() == null
                ? ""
                : ClusterRecords.text(cluster.resourcesVpcConfig().vpcId());
    }

    Collected out() {
        return out;
    }

    Once<List<NetworkInterface>> interfaces() {
        return interfaces;
    }

    Once<List<RouteTable>> routeTables() {
        return routeTables;
    }
}
