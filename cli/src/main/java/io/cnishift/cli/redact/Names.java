package io.cnishift.cli.redact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that somebody chose, as numbers in the order of the real ones; names of public software stay. */
final class Names {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9-]+\\.)+[a-z]{2,}");
    private static final Pattern INSTANCE_TYPE =
            Pattern.compile("[a-z0-9-]+\\.(nano|micro|small|medium|large|[0-9]*xlarge|metal|metal-[0-9a-z]+)");
    private static final Pattern FIELD = Pattern.compile("(spec|metadata|status|data)\\.");

    /** Stands before the name of a load balancer in records that lead to it. */
    static final String DUALSTACK = "dualstack.";

    private static final Set<String> FILES = Set.of(
            "yaml",
            "yml",
            "json",
            "conf",
            "conflist",
            "sh",
            "pem",
            "crt",
            "key",
            "toml",
            "txt",
            "log",
            "svc",
            "arpa",
            "name");
    private static final List<String> PUBLIC_DOMAINS = List.of(
            "kubernetes.io",
            "k8s.io",
            "amazonaws.com",
            "amazonaws.com.cn",
            "amazon.com",
            "aws.com",
            "k8s.aws",
            "compute.internal",
            "cluster.local",
            "cilium.io",
            "karpenter.sh",
            "helm.sh",
            "argoproj.io",
            "fluxcd.io",
            "cert-manager.io",
            "coreos.com",
            "istio.io",
            "quay.io",
            "ghcr.io",
            "gcr.io",
            "docker.io",
            "registry.k8s.io",
            "public.ecr.aws",
            "ec2.internal",
            "cncf.io",
            "keda.sh",
            "eks.aws",
            "cnishift.io");

    private final Map<String, String> replaced = new TreeMap<>();

    /** Replaces these names; hosts are found in the texts. */
    Names(Set<String> names, Set<String> hosts) {
        number(names, "name-", "");
        number(hosts, "host-", ".example");
    }

    private void number(Set<String> from, String prefix, String suffix) {
        int digits = String.valueOf(from.size()).length();
        int number = 0;
        for (String name : new TreeSet<>(from)) {
            number++;
            replaced.putIfAbsent(name, String.format(Locale.ROOT, "%s%0" + digits + "d%s", prefix, number, suffix));
        }
    }

    /** The names of private hosts and domains in a text. */
    static Set<String> hosts(String text) {
        Set<String> hosts = new TreeSet<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            if (HOST.matcher(word).matches()
                    && !FILES.contains(word.substring(word.lastIndexOf('.') + 1))
                    && !known(word)) {
                hosts.add(word);
            }
        }
        return hosts;
    }

    private static boolean known(String host) {
        return INSTANCE_TYPE.matcher(host).matches()
                || host.startsWith("com.amazonaws.")
                || FIELD.matcher(host).lookingAt()
                || PUBLIC_DOMAINS.stream().anyMatch(d -> host.equals(d) || host.endsWith("." + d));
    }

    String rewrite(String text) {
        return WORD.matcher(text).replaceAll(m -> Matcher.quoteReplacement(word(m)));
    }

    private String word(MatchResult match) {
        String word = match.group();
        return word.startsWith(DUALSTACK) ? DUALSTACK + named(word.substring(DUALSTACK.length())) : named(word);
    }

    /** The whole word, or the longest name that it begins with: pods are named after their owners. */
    private String named(String word) {
        for (int end = word.length();
                end > 0;
                end = Math.max(word.lastIndexOf('-', end - 1), word.lastIndexOf('.', end - 1))) {
            String other = replaced.get(word.substring(0, end));
            if (other != null) {
                return other + word.substring(end);
            }
        }
        return word;
    }
}
