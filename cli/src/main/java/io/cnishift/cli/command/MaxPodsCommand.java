package io.cnishift.cli.command;

import io.cnishift.adapters.RealWorlds;
import io.cnishift.api.capacity.CalculatorFlags;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.Table;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.report.ExitCode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints pod limits per instance type and mode; with the flags of AWS's calculator, its bare number. */
@Command(
        name = "max-pods",
        description = "Pod limits per instance type and mode. Takes the flags of AWS's calculator script, too.")
final class MaxPodsCommand implements Callable<Integer> {

    private final Provider<RealWorlds> worlds;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private OutputOptions output;

    @Option(names = "--instance-type", paramLabel = "TYPE", description = "An instance type; may be repeated.")
    private List<String> types = List.of();

    @Parameters(arity = "0..*", hidden = true)
    private List<String> bare = List.of();

    @Option(names = "--all", description = "Every instance type.")
    private boolean all;

    @Option(names = "--live", description = "Ask EC2 instead of the embedded table.")
    private boolean live;

    @Mixin
    private ConnectionOptions connection;

    @ArgGroup(
            exclusive = false,
            heading = "The flags of AWS's calculator; with any of them its bare number is printed:%n")
    private @Nullable CalculatorOptions calculator;

    @Inject
    MaxPodsCommand(Provider<RealWorlds> worlds) {
        this.worlds = worlds;
    }

    @Override
    public Integer call() {
        if (!bare.isEmpty()) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "unknown argument '" + String.join("' '", bare) + "'",
                    "did you mean "
                            + bare.stream()
                                    .map(type -> "--instance-type " + type)
                                    .collect(Collectors.joining(" "))
                            + "?");
        }
        if (all == !types.isEmpty()) {
            throw MigrationException.user(
                    "CLI-USAGE", "max-pods needs either --instance-type or --all", "write --instance-type m5.large");
        }
        InstanceTable table = live ? live() : InstanceTable.embedded();
        List<InstanceLimits> chosen = all ? List.copyOf(table.all()) : find(table);
        if (calculator != null) {
            CalculatorFlags flags = calculator.flags();
            chosen.forEach(limits -> root.terminal().out().println(MaxPods.calculator(limits, flags)));
            root.terminal().out().flush();
            return ExitCode.OK.number();
        }
        List<InstanceMaxPods> results = chosen.stream()
                .map(l -> InstanceMaxPods.of(l, live ? "ec2" : "embedded"))
                .toList();
        // a codec of its own: that of the wiring knows the steps of all strategies, which nobody waits for here
        output.printList(
                root.terminal(), Codec.builder().build(), InstanceMaxPods.class, results, MaxPodsCommand::page);
        return ExitCode.OK.number();
    }

    private InstanceTable live() {
        try (RealWorlds real = worlds.get()) {
            return real.instanceTypes(connection.settings(root.terminal().folder()));
        }
    }

    private List<InstanceLimits> find(InstanceTable table) {
        List<InstanceLimits> found = new ArrayList<>();
        for (String type : types) {
            found.add(table.find(type).orElseThrow(() -> unknown(table, type)));
        }
        return found;
    }

    private static MigrationException unknown(InstanceTable table, String type) {
        List<String> near = table.nearest(type);
        String remedy = near.isEmpty() ? "'cnishift max-pods --all' lists all" : "did you mean " + near.get(0) + "?";
        return MigrationException.user(
                "CLI-UNKNOWN-INSTANCE-TYPE", "instance type '" + type + "' is not known", remedy);
    }

    private static Page page(List<InstanceMaxPods> results) {
        Table.Builder table = Table.of(
                "type",
                ">enis",
                ">ipv4",
                ">secondary",
                ">custom",
                ">prefix",
                ">custom prefix",
                ">overlay",
                ">ipv6",
                ">vcpus");
        for (InstanceMaxPods pods : results) {
            table.row(
                    pods.instanceType(),
                    pods.enis(),
                    pods.ipv4PerEni(),
                    cell(pods, PodMode.SECONDARY_IP),
                    cell(pods, PodMode.CUSTOM_NETWORKING),
                    cell(pods, PodMode.PREFIX_DELEGATION),
                    cell(pods, PodMode.CUSTOM_NETWORKING_PREFIX),
                    cell(pods, PodMode.OVERLAY),
                    cell(pods, PodMode.IPV6),
                    pods.vcpus() == 0 ? "?" : pods.vcpus());
        }
        return Page.builder()
                .table(table.build())
                .sentence(
                        "\nWhat the formula allows; in brackets what AWS recommends, where that is less. -: not possible.")
                .build();
    }

    private static String cell(InstanceMaxPods pods, PodMode mode) {
        OptionalInt most = pods.maxPods().getOrDefault(mode, OptionalInt.empty());
        OptionalInt advised = pods.recommended().getOrDefault(mode, OptionalInt.empty());
        if (most.isEmpty()) {
            return "-";
        }
        return most.equals(advised) || advised.isEmpty()
                ? String.valueOf(most.getAsInt())
                : most.getAsInt() + " (" + advised.getAsInt() + ")";
    }
}
