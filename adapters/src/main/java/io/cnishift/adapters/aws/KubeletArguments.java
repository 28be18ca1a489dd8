package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Taint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Arguments of the kubelet, alone or in a boot script. */
final class KubeletArguments {

    /** What the kubelet admits when nobody tells it. */
    private static final int KUBELET_DEFAULT = 110;

    private static final Pattern MAX_PODS = Pattern.compile("--max-pods(?:=|\\s+)[\"']?(\\d+|\\$\\S*)");
    private static final Pattern LABELS = Pattern.compile("--node-labels(?:=|\\s+)[\"']?([^\\s\"']+)");
    private static final Pattern TAINTS = Pattern.compile("--register-with-taints(?:=|\\s+)[\"']?([^\\s\"']+)");
    private static final Pattern NO_TABLE = Pattern.compile("--use-max-pods(?:=|\\s+)[\"']?false");
    private static final Pattern IN_A_FILE = Pattern.compile("[\"']?\\bmaxPods[\"']?\\s*:\\s*(\\d+)");
    private static final Pattern COMMENT = Pattern.compile("^\\s*#.*$", Pattern.MULTILINE);

    private KubeletArguments() {}

    /** Reads arguments as the kubelet gets them. */
    static void read(String arguments, UserDataFacts facts) {
        Matcher maxPods = MAX_PODS.matcher(arguments);
        while (maxPods.find()) {
            maxPods(maxPods.group(1), facts);
        }
        Matcher labels = LABELS.matcher(arguments);
        while (labels.find()) {
            labels(labels.group(1), facts);
        }
        Matcher taints = TAINTS.matcher(arguments);
        while (taints.find()) {
            for (String taint : taints.group(1).split(",", -1)) {
                taint(taint, facts);
            }
        }
    }

    /** Reads a script that runs bootstrap.sh, or writes settings for the kubelet into files. */
    static void readScript(String script, UserDataFacts facts) {
        String commands = COMMENT.matcher(script).replaceAll("").replace("\\\n", " ");
        Matcher file = IN_A_FILE.matcher(commands);
        while (file.find()) {
            maxPods(file.group(1), facts);
        }
        read(commands, facts);
        if (!facts.setsMaxPods() && NO_TABLE.matcher(commands).find()) {
            facts.maxPods(KUBELET_DEFAULT);
        }
    }

    private static void maxPods(String value, UserDataFacts facts) {
        if (value.startsWith("$")) {
            facts.computesMaxPods();
        } else {
            facts.maxPods(Integer.parseInt(value));
        }
    }

    private static void labels(String text, UserDataFacts facts) {
        for (String label : text.split(",", -1)) {
            int equals = label.indexOf('=');
            if (equals > 0 && !label.contains("$")) {
                facts.label(label.substring(0, equals), label.substring(equals + 1));
            }
        }
    }

    /** Reads a taint as {@code key=value:Effect} or {@code key:Effect}. */
    static void taint(String text, UserDataFacts facts) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || text.contains("$")) {
            return;
        }
        String key = text.substring(0, colon);
        int equals = key.indexOf('=');
        String value = equals < 0 ? "" : key.substring(equals + 1);
        facts.taint(new Taint(equals < 0 ? key : key.substring(0, equals), value, text.substring(colon + 1)));
    }
}
