package io.cnishift.adapters.kubernetes;

import java.util.Objects;

/**
 * A kind of object that can be listed.
 *
 * @param group empty for the core group
 * @param version empty when discovery has to tell, as for custom resources
 * @param plural its name in paths
 * @param page items that are asked for at once
 */
public record KubeResource(String group, String version, String plural, int page) {

    /** Items in a page where objects are of usual size. */
    public static final int USUAL_PAGE = 500;

    public KubeResource {
        Objects.requireNonNull(group);
        Objects.requireNonNull(version);
        Objects.requireNonNull(plural);
        if (page < 1) {
            throw new IllegalArgumentException("a page has at least one item");
        }
    }

    /** A resource of the core group. */
    public static KubeResource core(String plural) {
        return new KubeResource("", "v1", plural, USUAL_PAGE);
    }

    /** A resource that every cluster has. */
    public static KubeResource of(String group, String version, String plural) {
        return new KubeResource(group, version, plural, USUAL_PAGE);
    }

    /** A resource that a cluster may have, in a version that discovery tells. */
    public static KubeResource custom(String group, String plural) {
        return new KubeResource(group, "", plural, USUAL_PAGE);
    }

    /** The same with smaller pages, for large objects. */
    public KubeResource paged(int items) {
        return new KubeResource(group, version, plural, items);
    }

    KubeResource in(String served) {
        return new KubeResource(group, served, plural, page);
    }

    boolean discovered() {
        return version.isEmpty();
    }

    String path() {
        return groupPath() + "/" + plural;
    }

    /** Its path in a namespace; in all of them where that is empty. */
    String path(String namespace) {
        return namespace.isEmpty() ? path() : groupPath() + "/namespaces/" + namespace + "/" + plural;
    }

    String groupPath() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /** As RBAC names it. */
    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
