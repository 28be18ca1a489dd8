package io.cnishift.it.real;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts the emulator for a test class, and lets this process reach it as the AWS tools would: by settings alone. They are those of
 * the whole process, so such a class locks {@code Resources.SYSTEM_PROPERTIES}.
 */
final class EmulatedAws implements BeforeAllCallback, AfterAllCallback {

    private Emulator emulator;
    private Map<String, String> settings = Map.of();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Emulator.absent().ifPresent(Assumptions::abort);
        emulator = Emulator.start();
        // The SDK reads these in place of AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which a
        // running
        // process cannot set for itself.
        settings = Map.of(
                "aws.endpointUrl", emulator.url().toString(),
                "aws.accessKeyId", AwsFixture.KEY,
                "aws.secretAccessKey", AwsFixture.KEY);
        settings.forEach(System::setProperty);
    }

    URI url() {
        return emulator.url();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        settings.keySet().forEach(System::clearProperty);
        if (emulator != null) {
            emulator.close();
        }
    }
}
