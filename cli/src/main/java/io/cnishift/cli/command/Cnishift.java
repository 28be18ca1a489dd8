package io.cnishift.cli.command;

import io.cnishift.cli.input.PluginFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "cnishift",
        description = "Moves EKS clusters off the plain AWS VPC CNI, or makes it last: compare, plan, rehearse, apply.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InspectCommand.class,
            CompareCommand.class,
            PlanCommand.class,
            RehearseCommand.class,
            SimulateCommand.class,
            ApplyCommand.class,
            StatusCommand.class,
            ResumeCommand.class,
            RollbackCommand.class,
            UnlockCommand.class,
            VerifyCommand.class,
            StrategiesCommand.class,
            ExplainCommand.class,
            MaxPodsCommand.class,
            ImagesCommand.class,
            PolicyCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "TARGET is sim:NAME (a bundled scenario), a snapshot file, eks:NAME or just the NAME of an EKS cluster.",
            "Start with: ${ROOT-COMMAND-NAME} compare --cluster sim:minnie-wallace"
        })
public final class Cnishift implements Callable<Integer> {

    private static final Pattern COMMAND =
            Pattern.compile("\\bcnishift (apply|compare|plan|rehearse|resume|rollback|status|verify)\\b");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Say more on stderr, and of an error its cause.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    @Option(
            names = "--plugin-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of plug-ins: DIR/x.jar, or DIR/x/*.jar with libraries; may be repeated (default:"
                    + " $CNISHIFT_PLUGIN_DIR, else cnishift/plugins in the data directory).")
    private List<String> pluginFolders = List.of();

    @Option(names = "--version", description = "Show the version; 'cnishift version -o json' for programs.")
    private boolean version;

    /** The root for a terminal. */
    public Cnishift(Terminal terminal) {
        this.terminal = Objects.requireNonNull(terminal);
    }

    /** Where commands print. */
    public Terminal terminal() {
        return terminal;
    }

    /** Whether causes are shown. */
    public boolean verbose() {
        return verbose;
    }

    /** Where plug-ins are looked for. */
    public List<Path> pluginFolders() {
        return PluginFolders.of(pluginFolders, terminal.environment(), terminal.folder());
    }

    /** A text with command lines that are to be given next, made to load the same plug-ins as this call. */
    String hint(String text) {
        String folders =
                pluginFolders.stream().map(folder -> " --plugin-dir " + folder).collect(Collectors.joining());
        return COMMAND.matcher(text).replaceAll("$0" + Matcher.quoteReplacement(folders));
    }

    /** Without a command: the usage, as an error. */
    @Override
    public Integer call() {
        if (version) {
            return spec.commandLine().execute("version");
        }
        throw new CommandLine.ParameterException(
                spec.commandLine(), "no command given; '" + spec.qualifiedName() + " --help' lists them");
    }
}
