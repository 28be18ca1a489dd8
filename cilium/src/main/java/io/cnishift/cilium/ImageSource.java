package io.cnishift.cilium;

import io.cnishift.api.cluster.InternetWay;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where nodes get Cilium's images: from quay.io, or from a registry that holds copies of them. Where nodes have no way out and
 * nobody names a registry, it is that of the cluster's own account from which its workloads come.
 *
 * @param closed node subnets without a way out
 * @param registry registry and path of the copies
 * @param found whether the registry was found, not named
 */
public record ImageSource(List<Closed> closed, Optional<String> registry, boolean found) {

    private static final String PATH = "/cilium";
    private static final List<String> REPOSITORIES =
            List.of("image.repository", "operator.image.repository", "envoy.image.repository");

    /**
     * A subnet without a way out.
     *
     * @param why what its nodes lack, in words
     */
    public record Closed(String subnet, String why) {}

    public ImageSource {
        closed = List.copyOf(closed);
    }

    /**
     * Where the nodes of these subnets get them.
     *
     * @param named registry and path that the user names
     * @param values the user's chart values, which may name images themselves
     */
    public static ImageSource of(View view, List<String> nodeSubnets, Optional<String> named, Values values) {
        List<Closed> closed = nodeSubnets.stream()
                .distinct()
                .flatMap(id -> InternetWay.missing(view, id).map(why -> new Closed(id, why)).stream())
                .toList();
        if (named.isPresent() || closed.isEmpty() || missing(values).isEmpty()) {
            return new ImageSource(closed, named, false);
        }
        Optional<String> own = ownRegistry(view);
        return new ImageSource(closed, own.map(host -> host + PATH), own.isPresent());
    }

    /** Values that say where each image is, under those of the user, which win. */
    public Values under(Values user, HubbleLevel hubble) {
        Values values = Values.empty();
        if (registry.isPresent()) {
            values = at(values, "", "cilium");
            values = at(values, "operator.", "operator");
            values = at(values, "envoy.", "cilium-envoy");
            if (hubble != HubbleLevel.AGENT) {
                values = at(values, "hubble.relay.", "hubble-relay");
            }
            if (hubble == HubbleLevel.UI) {
                values = at(values, "hubble.ui.backend.", "hubble-ui-backend");
                values = at(values, "hubble.ui.frontend.", "hubble-ui");
            }
        }
        return values.merge(user);
    }

    /** Repositories that stay at quay.io, as keys of the chart's values. */
    public static List<String> missing(Values values) {
        return REPOSITORIES.stream()
                .filter(key -> values.get(key).isEmpty()
                        && values.get(key.replace("repository", "override")).isEmpty())
                .toList();
    }

    /** A copy may have another digest than the original, depending on the tool. */
    private Values at(Values values, String part, String image) {
        return values.with(part + "image.repository", registry.orElseThrow() + "/" + image)
                .with(part + "image.useDigest", false);
    }

    private static Optional<String> ownRegistry(View view) {
        Pattern own = Pattern.compile(
                view.cluster().account() + "\\.dkr\\.ecr(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?");
        return view.workloads().stream()
                .flatMap(w -> Stream.of("initContainers", "containers")
                        .flatMap(kind -> Tree.maps(w.podSpec(), kind).stream()))
                .flatMap(c -> Tree.text(c, "image").stream())
                .filter(image -> image.indexOf('/') > 0)
                .map(image -> image.substring(0, image.indexOf('/')))
                .filter(host -> own.matcher(host).matches())
                .sorted()
                .findFirst();
    }
}
