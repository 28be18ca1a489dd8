package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;

/** The requests to all services, over the same clients and calls. */
record AwsApis(
        EksApi eks,
        Ec2Api ec2,
        NetworkApi network,
        RoutingApi routing,
        ScalingApi scaling,
        BalancerApi balancing,
        RecordApi names,
        RoleApi roles) {

    static AwsApis of(AwsClients clients, Calls calls) {
        return new AwsApis(
                new EksApi(clients::eks, calls),
                new Ec2Api(clients::ec2, calls),
                new NetworkApi(clients::ec2, calls),
                new RoutingApi(clients::ec2, calls),
                new ScalingApi(clients::autoScaling, clients::iam, calls),
                new BalancerApi(clients::loadBalancing, calls),
                new RecordApi(clients::names, calls),
                new RoleApi(clients::iam, calls));
    }
}
