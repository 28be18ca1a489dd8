package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is wrong with chart values, found without rendering: names that the line does not have, types that its schema
 * refuses, combinations that its templates or the agent refuse, and combinations that work against their user.
 *
 * <p>The codes are those of {@link ValueRule}. An empty list means that the chart renders and the agents start, as
 * far as this module knows the release.
 */
public final class ValueCheck {

    private ValueCheck() {}

    /** All problems of the values, errors first, each group by key. */
    public static List<ValueProblem> check(CiliumVersion version, Values values) {
        List<ValueProblem> problems = new ArrayList<>(NameRules.check(version, values));
        Settings settings = new Settings(version, values);
        problems.addAll(ChartRules.check(settings));
        problems.addAll(ClusterRules.check(settings));
        problems.addAll(ApiServerRules.check(settings));
        problems.addAll(MasqueradeRules.check(settings));
        problems.addAll(RoutingRules.check(settings));
        return sorted(problems);
    }

    /** Problems of values with which Cilium would run on nodes where kube-proxy runs too; to be asked besides {@link #check}. */
    public static List<ValueProblem> besideKubeProxy(CiliumVersion version, Values values) {
        Settings settings = new Settings(version, values);
        return settings.kubeProxyReplacement()
                ? settings.nonEmpty("kubeProxyReplacementHealthzBindAddr")
                        .filter(address -> address.endsWith(":10256"))
                        .map(address -> List.of(ValueProblem.error(
                                ValueRule.BESIDE_KUBE_PROXY,
                                "kubeProxyReplacementHealthzBindAddr",
                                "agents cannot listen on " + address + " while kube-proxy does, and exit",
                                "leave kubeProxyReplacementHealthzBindAddr out until kube-proxy is removed")))
                        .orElse(List.of())
                : List.of();
    }

    /** Whether none of the problems is an error. */
    public static boolean usable(List<ValueProblem> problems) {
        return problems.stream().noneMatch(problem -> problem.severity() == ValueProblem.Severity.ERROR);
    }

    private static List<ValueProblem> sorted(List<ValueProblem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(ValueProblem::severity)
                        .thenComparing(ValueProblem::key)
                        .thenComparing(ValueProblem::code))
                .toList();
    }
}
