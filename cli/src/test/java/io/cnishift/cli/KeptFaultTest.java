package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KeptFaultTest {

    @Test
    void aFullDiskIsRemembered() {
        assertThat(print("No space left on device").fault()).contains("No space left on device");
    }

    @Test
    void aReaderThatHasReadEnoughIsNoFault() {
        assertThat(print("Broken pipe").fault()).isEmpty();
    }

    private static KeptFault print(String failure) {
        KeptFault stream = new KeptFault(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        });
        PrintWriter writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        writer.println("much");
        writer.flush();
        return stream;
    }
}
