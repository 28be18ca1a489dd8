package io.cnishift.cli.command;

import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What a dry run does: {@code --dry-run[=client|server]}. */
enum DryRunForm {
    /** The commands that the plan amounts to. */
    CLIENT,
    /** What the cluster's APIs would say to each act. */
    SERVER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Only what follows an equals sign is the value: what follows a space is the plan. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete")
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push(CLIENT.toString());
            }
            return false;
        }
    }
}
