package io.cnishift.cli.command;

import io.cnishift.cli.page.Page;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.report.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Prints the version of cnishift and of the Java that runs it. */
@Command(name = "version", description = "Prints the version of cnishift and of the Java that runs it.")
final class VersionCommand implements Callable<Integer> {

    @ParentCommand
    private Cnishift root;

    @Mixin
    private OutputOptions output;

    /** The result. */
    record Version(String version, String java) {}

    @Override
    public Integer call() {
        String version = Optional.ofNullable(Cnishift.class.getPackage().getImplementationVersion())
                .orElse("development");
        Version result = new Version(version, Runtime.version().toString());
        // a codec of its own, as in max-pods
        output.print(root.terminal(), Codec.builder().build(), Version.class, result, VersionCommand::page);
        return ExitCode.OK.number();
    }

    private static Page page(Version version) {
        return Page.builder()
                .sentence("cnishift " + version.version() + ", Java " + version.java())
                .build();
    }
}
