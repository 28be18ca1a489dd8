package io.cnishift.it.real;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClientBuilder;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.EksClientBuilder;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2ClientBuilder;

/** The clients by which tests make things in an emulator. */
final class AwsClients implements AutoCloseable {

    static final String REGION = "eu-central-1";
    static final String KEY = "testing";

    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final URI endpoint;
    private final EksClient eks;
    private final Ec2Client ec2;
    private final AutoScalingClient scaling;
    private final ElasticLoadBalancingV2Client balancing;

    AwsClients(URI endpoint) {
        this.endpoint = endpoint;
        eks = this.<EksClient, EksClientBuilder>client(EksClient.builder());
        ec2 = this.<Ec2Client, Ec2ClientBuilder>client(Ec2Client.builder());
        scaling = this.<AutoScalingClient, AutoScalingClientBuilder>client(AutoScalingClient.builder());
        balancing = this.<ElasticLoadBalancingV2Client, ElasticLoadBalancingV2ClientBuilder>client(
                ElasticLoadBalancingV2Client.builder());
    }

    private <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClient(http)
                .build();
    }

    EksClient eks() {
        return eks;
    }

    Ec2Client ec2() {
        return ec2;
    }

    AutoScalingClient scaling() {
        return scaling;
    }

    ElasticLoadBalancingV2Client balancing() {
        return balancing;
    }

    @Override
    public void close() {
        eks.close();
        ec2.close();
        scaling.close();
        balancing.close();
        http.close();
    }
}
