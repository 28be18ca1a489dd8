package io.cnishift.it.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** cnishift as its users start it: a process in a folder of its own that reaches AWS by its environment alone. */
record Program(Path folder, URI aws) {

    /** How a command ended. */
    record End(int code, String out, String err) {

        @Override
        public String toString() {
            return "exit code " + code + "\n" + out + "\n" + err;
        }
    }

    End run(int minutes, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.cnishift.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().put("AWS_ENDPOINT_URL", aws.toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", AwsClients.KEY);
        builder.environment().put("AWS_SECRET_ACCESS_KEY", AwsClients.KEY);
        Process process = builder.start();
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("cnishift " + String.join(" ", arguments) + " still runs after " + minutes
                    + " minutes:\n" + said("err"));
        }
        return new End(process.exitValue(), said("out"), said("err"));
    }

    private String said(String stream) {
        try {
            return Files.readString(folder.resolve(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
