package io.cnishift.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.cnishift.cli.command.Cnishift;
import io.cnishift.cli.command.Terminal;
import io.cnishift.engine.report.ExitCode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Starts cnishift: the only class that sees the process and its streams. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command line, without the program name
     */
    public static void main(String[] arguments) {
        Interrupts interrupts = new Interrupts();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        KeptFault out = new KeptFault(new FileOutputStream(FileDescriptor.out));
        Terminal terminal = new Terminal(
                writer(out),
                writer(System.err),
                in,
                interactive(),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                interrupts);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> interrupts.shutDown().ifPresent(code -> {
                            terminal.out().flush();
                            Runtime.getRuntime().halt(code);
                        }),
                        "interrupt"));
        for (OsSignal signal : OsSignal.values()) {
            signal.handle(() -> interrupts.signalled(signal.exitCode(), code -> {
                if (interrupts.tells()) {
                    terminal.err().println("cnishift: interrupted, no run was begun");
                    terminal.err().flush();
                }
                Runtime.getRuntime().halt(code);
            }));
        }
        int code = told(run(terminal, arguments), out, terminal);
        interrupts.ended(code);
        System.exit(code);
    }

    /** The exit code when not all of the output may have arrived: no success then. */
    private static int told(int code, KeptFault out, Terminal terminal) {
        if (out.fault().isEmpty()) {
            return code;
        }
        terminal.err()
                .println("cnishift: the output could not be written: "
                        + out.fault().get() + "; make room there, or send it elsewhere (CLI-CANNOT-WRITE)");
        terminal.err().flush();
        return code == ExitCode.OK.number() ? ExitCode.INTERNAL_ERROR.number() : code;
    }

    /** Runs one command on that terminal; the exit code. */
    static int run(Terminal terminal, String... arguments) {
        Cnishift root = new Cnishift(terminal);
        return run(
                root,
                () -> Guice.createInjector(Wiring.modules(terminal, root::pluginFolders, root::verbose)),
                arguments);
    }

    /** Runs one command with other parts. */
    static int run(Terminal terminal, Supplier<Injector> wiring, String... arguments) {
        return run(new Cnishift(terminal), wiring, arguments);
    }

    private static int run(Cnishift root, Supplier<Injector> wiring, String... arguments) {
        Terminal terminal = root.terminal();
        Faults faults = new Faults(terminal, root);
        try {
            CommandLine line = new CommandLine(root, new Commands(wiring))
                    .setCommandName(terminal.commands("cnishift version").replaceFirst(" version$", ""))
                    .setOut(terminal.out())
                    .setErr(terminal.err())
                    .setUsageHelpWidth(100)
                    .setUsageHelpAutoWidth(false)
                    .setColorScheme(CommandLine.Help.defaultColorScheme(
                            terminal.styled() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setAbbreviatedOptionsAllowed(false)
                    .setExecutionStrategy(Main::known)
                    .setParameterExceptionHandler(faults::wrongUsage)
                    .setExecutionExceptionHandler(faults::failed);
            int code = line.execute(arguments);
            terminal.out().flush();
            return code;
        } catch (RuntimeException | Error fault) {
            return faults.failed(fault);
        }
    }

    /** Runs what was asked for. Help would be printed for a command that there is not, as if it were none. */
    private static int known(CommandLine.ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.unmatched().isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(
                    parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Whether stdin and stdout are a terminal. From JDK 22 on there is a console in any case, which then knows. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean interactive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    }
}
