package io.cnishift.simulator.cni;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the CNIs left on one node: configuration files, rules, and who runs there. Files and rules outlive the DaemonSets that
 * made them. containerd loads one configuration, the first by name (go-cni: sorted, at most one), and only for new pods.
 */
final class NodeCni {

    /** Put there by aws-node once ipamd answers. */
    static final String AWS_CONF = "10-aws.conflist";

    /** Written by the Cilium agent. */
    static final String CILIUM_CONF = "05-cilium.conflist";

    /** Stands for what nodes have that bring their own networking. */
    static final String OWN_CONF = "own-networking";

    private final NavigableSet<String> confs = new TreeSet<>();
    private Optional<AgentRun> agent = Optional.empty();
    private Optional<Map<String, String>> loaded = Optional.empty();
    private Optional<AwsNodeRun> awsNode = Optional.empty();
    private final Runnable changed;
    private boolean exclusive;
    private boolean snatRules;
    private boolean kubeProxy;
    private ServiceRules services = ServiceRules.absent("neither kube-proxy nor Cilium has run on the node");

    /** The running agent pod. */
    record AgentRun(String pod, Map<String, String> config, boolean ready) {
        AgentRun {
            config = Map.copyOf(config);
        }
    }

    /** The running aws-node pod; ready once ipamd answers. */
    record AwsNodeRun(String pod, Map<String, String> env, boolean ready) {
        AwsNodeRun {
            env = Map.copyOf(env);
        }
    }

    /** @param changed told of every change */
    NodeCni(Runnable changed) {
        this.changed = changed;
    }

    /** The configuration that new pods are wired by. */
    Optional<String> activeConf() {
        return confs.isEmpty() ? Optional.empty() : Optional.of(confs.first());
    }

    boolean has(String conf) {
        return confs.contains(conf);
    }

    void write(String conf) {
        if (!exclusive || conf.equals(CILIUM_CONF)) {
            confs.add(conf);
        }
        changed.run();
    }

    /** Whether Cilium renames every other configuration, those that are there and those to come. */
    void exclusive(boolean on) {
        exclusive = on;
        if (on) {
            confs.removeIf(c -> !c.equals(CILIUM_CONF));
        }
        changed.run();
    }

    void erase(String conf) {
        confs.remove(conf);
        changed.run();
    }

    Optional<AgentRun> agent() {
        return agent;
    }

    void agent(Optional<AgentRun> run) {
        agent = run;
        run.filter(AgentRun::ready).ifPresent(r -> loaded = Optional.of(r.config()));
        changed.run();
    }

    /** The configuration of the last agent that became ready: its programs stay in the kernel. */
    Optional<Map<String, String>> loadedConfig() {
        return loaded;
    }

    Optional<AwsNodeRun> awsNode() {
        return awsNode;
    }

    void awsNode(Optional<AwsNodeRun> run) {
        awsNode = run;
        changed.run();
    }

    boolean snatRules() {
        return snatRules;
    }

    void snatRules(boolean there) {
        snatRules = there;
        changed.run();
    }

    boolean kubeProxy() {
        return kubeProxy;
    }

    void kubeProxy(boolean running) {
        kubeProxy = running;
        changed.run();
    }

    ServiceRules services() {
        return services;
    }

    void services(ServiceRules rules) {
        services = rules;
        changed.run();
    }
}
