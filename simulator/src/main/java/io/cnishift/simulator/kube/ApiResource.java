package io.cnishift.simulator.kube;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.simulator.Kinds;
import io.cnishift.simulator.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A kind of object as the API serves it.
 *
 * @param group empty for the core group
 * @param subresources those that are served, such as {@code status}
 */
public record ApiResource(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        List<String> shortNames,
        List<String> subresources) {

    public ApiResource {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(plural, "plural");
        shortNames = List.copyOf(shortNames);
        subresources = List.copyOf(subresources);
    }

    /** A kind that the simulator knows by itself. */
    static ApiResource of(String apiVersion, String kind, List<String> shortNames, List<String> subresources) {
        ObjectRef ref = ObjectRef.of(apiVersion, kind, "");
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return new ApiResource(
                ref.group(), version, kind, ref.plural(), !Kinds.clusterScoped(kind), shortNames, subresources);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    /** As errors name it: {@code pods}, {@code deployments.apps}. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** As errors of validation name it: {@code Pod}, {@code Deployment.apps}. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** Whether the API server itself serves it, rather than by a definition. */
    public boolean builtIn() {
        return ApiGroups.builtIn(group);
    }

    public ObjectKey key(String namespace, String name) {
        return new ObjectKey(kind, namespace, name);
    }

    /** What is served below an object that the name leads to; empty when nothing is. */
    public Optional<String> subresource(String name) {
        return subresources.stream().filter(name::equals).findFirst();
    }
}
