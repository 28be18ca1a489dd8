package io.cnishift.adapters.helm;

import io.cnishift.adapters.target.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The Helm that comes with cnishift, for 64-bit Linux on x86. Each call is a JVM of its own ({@link EmbeddedHelm}), with the class
 * path of this one: it is the only one that ever loads the native part, which unpacks 98 MB.
 */
final class EmbeddedChild implements Helm {

    private final Environment environment;
    private final Properties system;

    /**
     * The embedded Helm.
     *
     * @param system where Java and the class path are
     */
    EmbeddedChild(Environment environment, Properties system) {
        this.environment = environment;
        this.system = system;
    }

    /** Whether there is one for that machine. */
    static boolean runsOn(Properties system) {
        String os = system.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = system.getProperty("os.arch", "");
        return os.equals("linux") && (arch.equals("amd64") || arch.equals("x86_64"));
    }

    @Override
    public String run(HelmCall call) {
        try (PrivateFolder folder = new PrivateFolder()) {
            Path request = folder.write("request", call.text());
            Path answer = folder.write("answer", "");
            Path repositories = folder.path().resolve("repositories.yaml");
            Map<String, String> variables = HelmProgram.variables(environment);
            variables.put("HELM_CACHE_HOME", folder.path().resolve("cache").toString());
            ChildProcess.Ended ended = new ChildProcess(folder.path(), ChildProcess.LIMIT)
                    .run(command(folder.path(), request, answer, repositories), variables);
            String text = Files.readString(answer);
            if (text.startsWith(EmbeddedHelm.DONE)) {
                return text.substring(EmbeddedHelm.DONE.length());
            }
            throw text.startsWith(EmbeddedHelm.FAILED)
                    ? HelmFailure.said(HelmLine.of(text.substring(EmbeddedHelm.FAILED.length()), "helm gave no reason"))
                    : HelmFailure.silent("the embedded helm broke: "
                            + ended.err().lines().findFirst().orElse("it ended with code " + ended.code()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(Path folder, Path request, Path answer, Path repositories) {
        return List.of(
                Path.of(system.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + folder,
                // without a native part for this machine the library would download one
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                "-cp",
                system.getProperty("java.class.path"),
                EmbeddedHelm.class.getName(),
                request.toString(),
                answer.toString(),
                repositories.toString());
    }
}
