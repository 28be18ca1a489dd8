package io.cnishift.adapters.aws;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.route53.Route53Client;

/** The clients of one account and region, each made when it is first asked for. */
interface AwsClients {

    EksClient eks();

    Ec2Client ec2();

    AutoScalingClient autoScaling();

    ElasticLoadBalancingV2Client loadBalancing();

    IamClient iam();

    Route53Client names();
}
