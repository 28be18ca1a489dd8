package io.cnishift.api.capacity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the compact form of an instance table; the file's own head describes it. */
final class InstanceTableFile {

    private static final int FACTS = 6;

    private InstanceTableFile() {}

    static List<InstanceLimits> read(String resource) {
        InputStream stream = InstanceTableFile.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("The resource " + resource + " is missing beside " + InstanceTableFile.class
                    + ": the jar is incomplete, build it again.");
        }
        List<InstanceLimits> types = new ArrayList<>(1500);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String[] facts = {};
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] words = line.split(" ");
                boolean continued = line.startsWith(" ");
                facts = continued ? facts : words;
                for (int i = continued ? 1 : FACTS; i < words.length; i++) {
                    types.add(limits(words[i], facts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + resource + " cannot be read.", e);
        }
        return types;
    }

    private static InstanceLimits limits(String type, String[] facts) {
        String vcpus = facts[4].startsWith("~") ? facts[4].substring(1) : facts[4];
        boolean trunking = !facts[5].equals("-");
        return new InstanceLimits(
                type,
                Integer.parseInt(facts[0]),
                Integer.parseInt(facts[1]),
                Hypervisor.of(facts[2]),
                facts[3].equals("metal"),
                vcpus.equals("?") ? 0 : Integer.parseInt(vcpus),
                trunking,
                trunking ? Integer.parseInt(facts[5]) : 0);
    }
}
