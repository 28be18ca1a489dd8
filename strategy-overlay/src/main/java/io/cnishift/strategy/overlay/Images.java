package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.cilium.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where nodes get Cilium's images: from quay.io, or from a registry that holds copies of them. Where nodes have no way out and
 * nobody names a registry, it is that of the cluster's own account from which its workloads come.
 *
 * @param closed node subnets without a default route
 * @param registry registry and path of the copies
 * @param found whether the registry was found, not named
 */
record Images(List<String> closed, Optional<String> registry, boolean found) {

    private static final String PATH = "/cilium";
    private static final List<String> REPOSITORIES =
            List.of("image.repository", "operator.image.repository", "envoy.image.repository");

    static Images of(Site site) {
        List<String> closed = site.groups().stream()
                .map(NodeGroup::subnets)
                .flatMap(List::stream)
                .distinct()
                .filter(id -> !leadsOut(site, id))
                .toList();
        Optional<String> named = site.options().imageRegistry();
        if (named.isPresent() || closed.isEmpty() || missing(site.values()).isEmpty()) {
            return new Images(closed, named, false);
        }
        Optional<String> own = ownRegistry(site);
        return new Images(closed, own.map(host -> host + PATH), own.isPresent());
    }

    /** Values that say where each image is, under those of the user, which win. */
    Values under(Values user, OverlayOptions.Hubble hubble) {
        Values values = Values.empty();
        if (registry.isPresent()) {
            values = at(values, "", "cilium");
            values = at(values, "operator.", "operator");
            values = at(values, "envoy.", "cilium-envoy");
            if (hubble != OverlayOptions.Hubble.OFF) {
                values = at(values, "hubble.relay.", "hubble-relay");
            }
            if (hubble == OverlayOptions.Hubble.UI) {
                values = at(values, "hubble.ui.backend.", "hubble-ui-backend");
                values = at(values, "hubble.ui.frontend.", "hubble-ui");
            }
        }
        return values.merge(user);
    }

    /** The images that every migration needs, by the names of their repositories. */
    static String needed(Site site) {
        return "cilium, operator-" + (site.overlay() ? "generic" : "aws") + " and cilium-envoy";
    }

    /** Repositories that stay at quay.io, as values of the chart. */
    List<String> missing(ChartDraft chart) {
        return missing(chart.user());
    }

    private static List<String> missing(Values values) {
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

    private static Optional<String> ownRegistry(Site site) {
        Pattern own = Pattern.compile(
                site.view().cluster().account() + "\\.dkr\\.ecr(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?");
        return site.view().workloads().stream()
                .flatMap(w -> Stream.of("initContainers", "containers")
                        .flatMap(kind -> Tree.maps(w.podSpec(), kind).stream()))
                .flatMap(c -> Tree.text(c, "image").stream())
                .filter(image -> image.indexOf('/') > 0)
                .map(image -> image.substring(0, image.indexOf('/')))
                .filter(host -> own.matcher(host).matches())
                .sorted()
                .findFirst();
    }

    /** Whether a subnet has a default route; what is not known counts as one. */
    private static boolean leadsOut(Site site, String id) {
        Optional<RouteTable> own = site.view()
                .subnet(id)
                .flatMap(Subnet::routeTable)
                .flatMap(t -> site.view().get(Part.ROUTE_TABLES, RouteTable.class, t));
        return own.map(t -> t.routes().stream().anyMatch(r -> r.destination().equals("0.0.0.0/0")))
                .orElse(true);
    }
}
