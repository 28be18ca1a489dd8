package io.cnishift.adapters.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program of the child process in which the embedded Helm does one thing.
 *
 * <p>A process of its own, since the native part takes SIGINT and SIGTERM away from the JVM that loads it and never gives them
 * back. Request and answer are files, for the native part has the standard output to itself.
 *
 * <p>Never an upgrade that may install: helm-java does not hand the kubeconfig on to that install, which then goes to whatever
 * cluster the machine's own kubeconfig names.
 */
final class EmbeddedHelm {

    /** What the answer begins with when Helm did what it was asked for. */
    static final String DONE = "done\n";

    /** What it begins with when Helm would not; its reason follows. */
    static final String FAILED = "failed\n";

    /** Name of the repository in the child's own list of repositories. */
    private static final String REPOSITORY = "charts";

    private final HelmCall call;
    private final Path repositories;

    private EmbeddedHelm(HelmCall call, Path repositories) {
        this.call = call;
        this.repositories = repositories;
    }

    /**
     * Does what a file asks for.
     *
     * @param args the request, where the answer is to be written, and where a list of repositories may be
     */
    public static void main(String[] args) throws IOException {
        EmbeddedHelm helm = new EmbeddedHelm(HelmCall.read(Path.of(args[0])), Path.of(args[2]));
        String answer;
        try {
            answer = DONE + helm.answer();
        } catch (IllegalStateException e) {
            answer = FAILED + e.getMessage();
        }
        Files.writeString(Path.of(args[1]), answer);
    }

    private String answer() {
        return switch (call.verb()) {
            case VERSION -> Helm.version().call();
            case INSTALL -> install();
            case UPGRADE -> upgrade();
            case UNINSTALL ->
                Helm.uninstall(call.release())
                        .withNamespace(call.namespace())
                        .withKubeConfig(call.kubeconfig().orElseThrow())
                        .call();
            case TEMPLATE -> template();
        };
    }

    private String install() {
        InstallCommand install = Helm.install(chart())
                .withName(call.release())
                .withNamespace(call.namespace())
                .withVersion(version())
                .withRepositoryConfig(repositories)
                .withValuesFile(call.values().orElseThrow())
                .withKubeConfig(call.kubeconfig().orElseThrow());
        return String.valueOf(install.call().getRevision());
    }

    private String upgrade() {
        UpgradeCommand upgrade = Helm.upgrade(chart())
                .withName(call.release())
                .withNamespace(call.namespace())
                .withVersion(version())
                .withRepositoryConfig(repositories)
                .resetValues()
                .withValuesFile(call.values().orElseThrow())
                .withKubeConfig(call.kubeconfig().orElseThrow());
        return String.valueOf(upgrade.call().getRevision());
    }

    private String template() {
        TemplateCommand template = Helm.template(chart())
                .withName(call.release())
                .withNamespace(call.namespace())
                .withVersion(version())
                .withRepositoryConfig(repositories)
                .withValuesFile(call.values().orElseThrow());
        call.kubeVersion().ifPresent(template::withKubeVersion);
        return template.call();
    }

    /** The chart as Helm finds it, after its repository was made known. */
    private String chart() {
        ChartRef chart = call.chart().orElseThrow();
        Optional<String> address = chart.repository();
        if (address.isEmpty()) {
            return chart.place();
        }
        Helm.repo()
                .add()
                .withName(REPOSITORY)
                .withUrl(URI.create(address.get()))
                .withRepositoryConfig(repositories)
                .call();
        return REPOSITORY + "/" + chart.place();
    }

    private String version() {
        return call.chart().orElseThrow().version();
    }
}
