package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/** Answers reads and acts as the AWS APIs do, and tells watchers what changes. */
public final class AwsApi implements Behaviour {

    /** What the APIs do on each act. */
    public static Acts acts(Kernel kernel) {
        return kernel.shared(Acts.class, k -> new Acts());
    }

    @Override
    public String id() {
        return "aws-api";
    }

    @Override
    public String source() {
        return "AWS SDK service models; domain.md 9.1";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        kernel.aws(new SimAwsPort(kernel, cloud, acts(kernel)));
        cloud.listen(kernel::publish);
    }
}
