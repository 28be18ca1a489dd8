package io.cnishift.engine.plugin;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;

/** What is wrong with plug-ins, as findings that name the jar. */
final class Faults {

    private static final String REFERENCE = "docs/writing-a-strategy.md";

    private Faults() {}

    /** Whether what was thrown is a fault of the plug-in alone; else the process itself is in trouble. */
    static boolean ofPlugin(Throwable thrown) {
        return thrown instanceof Exception
                || thrown instanceof LinkageError
                || thrown instanceof AssertionError
                || thrown instanceof StackOverflowError
                || thrown instanceof java.util.ServiceConfigurationError;
    }

    /** What an initializer threw says more than that it threw. */
    static String words(Throwable thrown) {
        if (thrown.getMessage() == null && thrown.getCause() != null) {
            return words(thrown.getCause());
        }
        String message = String.valueOf(thrown.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        return thrown.getClass().getSimpleName() + (thrown.getMessage() == null ? "" : ": " + message);
    }

    static Finding failed(PluginJars plugin, String method, String why) {
        return finding(
                "PLUGIN-FAILED", plugin, "its " + method + " failed: " + why, "tell its author, or take it away");
    }

    static Finding broken(PluginJars plugin, String why) {
        return finding("PLUGIN-BROKEN", plugin, why, "put a whole jar made for this cnishift there, or take it away");
    }

    static Finding empty(PluginJars plugin, String why) {
        return finding(
                "PLUGIN-EMPTY",
                plugin,
                why,
                "name its strategy in META-INF/services/io.cnishift.api.MigrationStrategy, or take it away");
    }

    static Finding otherApi(PluginJars plugin, String why) {
        return finding("PLUGIN-API-VERSION", plugin, why, "use a version of it that is made for this cnishift");
    }

    static Finding duplicate(PluginJars plugin, String what, String other) {
        return finding("PLUGIN-DUPLICATE-ID", plugin, "its " + what + " is that of " + other + " too", "take one away");
    }

    private static Finding finding(String code, PluginJars plugin, String message, String remedy) {
        return Finding.of(
                code, Severity.BLOCKER, "plug-in " + plugin.name(), plugin.name() + ": " + message, remedy, REFERENCE);
    }
}
