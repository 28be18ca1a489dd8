package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The address at which agents find the API server when kube-proxy is gone. */
final class ApiServerRules {

    private static final String HOST = "k8sServiceHost";

    private ApiServerRules() {}

    static List<ValueProblem> check(Settings settings) {
        List<ValueProblem> problems = new ArrayList<>();
        Optional<String> host = settings.nonEmpty(HOST);
        boolean byReference = settings.text("k8sServiceHostRef.name").isPresent();
        host.ifPresent(text -> host(text).ifPresent(problems::add));
        if (host.isPresent() && byReference) {
            problems.add(ValueProblem.error(
                    ValueRule.API_HOST_TWICE,
                    HOST,
                    "k8sServiceHost and k8sServiceHostRef exclude each other",
                    "remove k8sServiceHostRef"));
        }
        boolean automatic = host.filter("auto"::equals).isPresent();
        if (host.isPresent()
                && !automatic
                && settings.nonEmpty("k8sServicePort").isEmpty()) {
            problems.add(ValueProblem.error(
                    ValueRule.API_PORT,
                    "k8sServicePort",
                    "with k8sServiceHost the chart sets the port too, here to nothing, and agents do not start",
                    "set k8sServicePort=443"));
        }
        if (settings.kubeProxyReplacement() && host.isEmpty() && !byReference) {
            problems.add(ValueProblem.warning(
                    ValueRule.KPR_API_HOST,
                    HOST,
                    "without kube-proxy an agent that starts on a new node cannot reach the API server by its Service",
                    "set k8sServiceHost to the host name of the cluster's endpoint and k8sServicePort=443"));
        }
        return problems;
    }

    private static Optional<ValueProblem> host(String host) {
        if (host.equals("auto")) {
            return Optional.of(ValueProblem.error(
                    ValueRule.API_HOST_AUTO,
                    HOST,
                    "k8sServiceHost=auto reads the ConfigMap kube-public/cluster-info, which EKS does not have",
                    "set the host name of the cluster's endpoint"));
        }
        if (ApiServerAddress.hasScheme(host) || ApiServerAddress.hasPath(host) || ApiServerAddress.hasPort(host)) {
            String part = ApiServerAddress.hasScheme(host)
                    ? "a scheme"
                    : ApiServerAddress.hasPath(host) ? "a path" : "a port";
            return Optional.of(ValueProblem.error(
                    ValueRule.API_HOST_FORM,
                    HOST,
                    "k8sServiceHost '" + host + "' contains " + part + ", and agents do not start with it",
                    "give the bare host name; the port goes into k8sServicePort"));
        }
        if (ApiServerAddress.isIp(host)) {
            return Optional.of(ValueProblem.error(
                    ValueRule.API_HOST_IP,
                    HOST,
                    "k8sServiceHost " + host + " is an address of one API server interface, which EKS replaces at will",
                    "use the host name of the cluster's endpoint"));
        }
        return ApiServerAddress.isHostName(host)
                ? Optional.empty()
                : Optional.of(ValueProblem.error(
                        ValueRule.API_HOST_FORM,
                        HOST,
                        "k8sServiceHost '" + host + "' is not a host name",
                        "use the host name of the cluster's endpoint"));
    }
}
