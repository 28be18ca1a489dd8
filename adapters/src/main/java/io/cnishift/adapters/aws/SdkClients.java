package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Lazy;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;

/** The SDK's clients. Making one costs a tenth of a second or more, so each waits until it is needed. */
final class SdkClients implements AwsClients {

    private final Lazy<EksClient> eks;
    private final Lazy<Ec2Client> ec2;
    private final Lazy<AutoScalingClient> autoScaling;
    private final Lazy<ElasticLoadBalancingV2Client> loadBalancing;
    private final Lazy<IamClient> iam;
    private final Lazy<Route53Client> names;

    SdkClients(AwsIdentity identity, Optional<Duration> limit) {
        eks = new Lazy<>(() -> identity.client(EksClient.builder(), limit));
        ec2 = new Lazy<>(() -> identity.client(Ec2Client.builder(), limit));
        autoScaling = new Lazy<>(() -> identity.client(AutoScalingClient.builder(), limit));
        loadBalancing = new Lazy<>(() -> identity.client(ElasticLoadBalancingV2Client.builder(), limit));
        iam = new Lazy<>(() -> identity.<IamClient, IamClientBuilder>client(IamClient.builder(), limit));
        names = new Lazy<>(() -> identity.<Route53Client, Route53ClientBuilder>client(Route53Client.builder(), limit));
    }

    @Override
    public EksClient eks() {
        return eks.get();
    }

    @Override
    public Ec2Client ec2() {
        return ec2.get();
    }

    @Override
    public AutoScalingClient autoScaling() {
        return autoScaling.get();
    }

    @Override
    public ElasticLoadBalancingV2Client loadBalancing() {
        return loadBalancing.get();
    }

    @Override
    public IamClient iam() {
        return iam.get();
    }

    @Override
    public Route53Client names() {
        return names.get();
    }
}
