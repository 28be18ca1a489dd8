package io.cnishift.adapters.helm;

import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.MigrationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's own {@code helm}. It brings the user's registry log-ins and certificates; what would lead it to another cluster or to
 * another storage of releases is taken out of its environment.
 */
final class HelmProgram implements Helm {

    /** Hooks are waited for by Helm itself; they have to fail before the whole act does. */
    private static final String HOOKS = "20s";

    private static final int MAJOR = 3;
    private static final int MINOR = 14;
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)[.\\w+-]*");

    private final Path program;
    private final Environment environment;
    private final Duration limit;

    HelmProgram(Path program, Environment environment, Duration limit) {
        this.program = program;
        this.environment = environment;
        this.limit = limit;
    }

    /**
     * Sees that it is a Helm, and new enough.
     *
     * @throws MigrationException when it is no Helm, or one too old
     */
    void check() {
        String said;
        try {
            said = run(HelmCall.version()).strip();
        } catch (HelmFailure e) {
            throw MigrationException.user("HELM-VERSION", program + ": " + e.line(), "check --helm and PATH");
        }
        Matcher version = VERSION.matcher(said);
        if (!version.matches()) {
            throw MigrationException.user(
                    "HELM-VERSION", program + " does not tell its version as helm does", "check --helm and PATH");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
            throw MigrationException.user(
                    "HELM-VERSION",
                    program + " is Helm " + said + "; 3.14 or later is needed",
                    "install a newer helm, or use --helm embedded");
        }
    }

    @Override
    public String run(HelmCall call) {
        try (PrivateFolder folder = new PrivateFolder()) {
            ChildProcess.Ended ended =
                    new ChildProcess(folder.path(), limit).run(command(call), variables(environment));
            if (ended.code() != 0) {
                throw HelmFailure.said(HelmLine.of(ended.err(), "helm ended with code " + ended.code()));
            }
            return ended.out();
        }
    }

    List<String> command(HelmCall call) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        switch (call.verb()) {
            case VERSION -> words.addAll(List.of("version", "--template", "{{.Version}}"));
            case INSTALL -> words.addAll(List.of("install", call.release(), place(call), "--timeout", HOOKS));
            case UPGRADE ->
                words.addAll(List.of("upgrade", call.release(), place(call), "--reset-values", "--timeout", HOOKS));
            case UNINSTALL -> words.addAll(List.of("uninstall", call.release(), "--timeout", HOOKS));
            case TEMPLATE -> words.addAll(List.of("template", call.release(), place(call)));
        }
        call.chart().ifPresent(chart -> {
            chart.repository().ifPresent(address -> words.addAll(List.of("--repo", address)));
            if (!chart.local()) {
                words.addAll(List.of("--version", chart.version()));
            }
        });
        call.values().ifPresent(file -> words.addAll(List.of("--values", file.toString())));
        call.kubeVersion().ifPresent(version -> words.addAll(List.of("--kube-version", version)));
        call.kubeconfig().ifPresent(file -> words.addAll(List.of("--kubeconfig", file.toString())));
        if (!call.namespace().isEmpty()) {
            words.addAll(List.of("--namespace", call.namespace()));
        }
        return words;
    }

    private static String place(HelmCall call) {
        return call.chart().map(ChartRef::place).orElseThrow();
    }

    /** The environment of any Helm of ours. */
    static Map<String, String> variables(Environment environment) {
        Map<String, String> all = new LinkedHashMap<>(environment.variables());
        all.keySet().removeIf(name -> name.startsWith("HELM_KUBE") || name.startsWith("HELM_NAMESPACE"));
        all.put("KUBECONFIG", "/dev/null");
        all.put("HELM_DRIVER", "secret");
        return all;
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
