package io.cnishift.adapters.aws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few Bottlerocket settings that cnishift wants, from TOML as people write it into user data: one setting a line. */
final class BottlerocketSettings {

    private static final String KUBERNETES = "settings.kubernetes";
    private static final Pattern SECTION = Pattern.compile("^\\s*\\[\\s*([^\\]]+?)\\s*]\\s*(#.*)?$");
    private static final Pattern SETTING =
            Pattern.compile("^\\s*(\"[^\"]+\"|'[^']+'|[A-Za-z0-9_.-]+(?:\\.\"[^\"]+\")?)\\s*=\\s*(.+)$");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern NUMBER = Pattern.compile("^\"?(\\d+)\"?\\s*(#.*)?$");

    private BottlerocketSettings() {}

    static void read(String toml, UserDataFacts facts) {
        String section = "";
        for (String line : toml.lines().toList()) {
            Matcher header = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (header.matches()) {
                section = header.group(1).replace("\"", "");
            } else if (setting.matches()) {
                String key = setting.group(1).replace("\"", "").replace("'", "");
                String path = section.isEmpty() ? key : section + "." + key;
                read(path, setting.group(2).strip(), facts);
            }
        }
    }

    private static void read(String path, String value, UserDataFacts facts) {
        String labels = KUBERNETES + ".node-labels.";
        String taints = KUBERNETES + ".node-taints.";
        Matcher number = NUMBER.matcher(value);
        if (path.equals(KUBERNETES + ".max-pods") && number.matches()) {
            facts.maxPods(Integer.parseInt(number.group(1)));
        } else if (path.startsWith(labels)) {
            Matcher text = QUOTED.matcher(value);
            if (text.find()) {
                facts.label(path.substring(labels.length()), text(text));
            }
        } else if (path.startsWith(taints)) {
            Matcher text = QUOTED.matcher(value);
            while (text.find()) {
                KubeletArguments.taint(path.substring(taints.length()) + "=" + text(text), facts);
            }
        }
    }

    private static String text(Matcher quoted) {
        return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
    }
}
