package io.cnishift.adapters.aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.eks.model.EksException;

/** Failures as the SDK throws them. */
final class AwsErrors {

    private AwsErrors() {}

    static AwsServiceException of(String code, int status) {
        return Ec2Exception.builder()
                .message("sensitive")
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("what AWS said")
                        .serviceName("Ec2")
                        .build())
                .build();
    }

    static AwsServiceException denied() {
        return of("UnauthorizedOperation", 403);
    }

    /** What the SDK makes of the HTML page of an endpoint that does not know the path. */
    static AwsServiceException html404() {
        return EksException.builder()
                .statusCode(404)
                .awsErrorDetails(AwsErrorDetails.builder().serviceName("Eks").build())
                .build();
    }
}
