package io.cnishift.api.port;

/** EKS, EC2, Auto Scaling, Elastic Load Balancing, IAM, Route 53 and CloudWatch, as far as this cluster goes. */
public interface AwsPort extends Port {}
