package io.cnishift.simulator.net;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A node pulls images only from registries that it reaches: ECR of its region by the interface endpoints ecr.api and ecr.dkr
 * and the S3 gateway endpoint, everything else by its way to the internet. A registry from which the snapshot's running pods
 * with the same routes came is reached by whatever way that was. Whether a registry holds an image is not played.
 */
public final class ImagePull implements Behaviour {

    private static final Pattern ECR =
            Pattern.compile("[0-9]{12}\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

    /** Images that come with a node's own, so that they need no pull and prove nothing about registries. */
    private static final Pattern OF_THE_NODE =
            Pattern.compile(".*/(?:amazon-k8s-cni(?:-init)?|aws-network-policy-agent|eks/kube-proxy|eks/pause)[:@].*");

    @Override
    public String id() {
        return "image-pull";
    }

    @Override
    public String source() {
        return "EKS user guide: private clusters; ECR user guide: interface VPC endpoints; pkg/kubelet/images";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Ends ends = Ends.of(kernel);
        Network network = Network.of(kernel);
        Set<String> seen = seen(kernel, cloud, ends);
        kernel.containers().pulledBy((node, image) -> {
            String registry = registry(image);
            Optional<End> host = ends.host(node);
            Optional<Subnet> subnet = host.flatMap(h -> Routes.subnet(cloud, h.address()));
            if (OF_THE_NODE.matcher(image).matches()
                    || host.isEmpty()
                    || subnet.isEmpty()
                    || seen.contains(way(subnet.get(), registry))
                    || byEndpoints(cloud, subnet.get(), registry)) {
                return Optional.empty();
            }
            End away = End.away(End.Kind.INTERNET, registry, "", List.of());
            Passage passage = network.carry(Flow.direct(host.get(), away, Protocol.TCP, 443, 0));
            return passage.verdict() == Answer.Verdict.REACHED
                    ? Optional.empty()
                    : Optional.of("failed to pull image \"" + image + "\": " + passage.evidence());
        });
    }

    /** The host of an image reference; without one it is Docker's. */
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "docker.io";
    }

    /** Routes and registry of every image that runs when the world begins. */
    private static Set<String> seen(Kernel kernel, Cloud cloud, Ends ends) {
        Set<String> seen = new HashSet<>();
        Map<String, Optional<Subnet>> subnets = new HashMap<>();
        for (Map<String, Object> pod : kernel.objects().list("Pod")) {
            Optional<Subnet> subnet = Tree.text(pod, "spec", "nodeName")
                    .flatMap(node -> subnets.computeIfAbsent(
                            node, n -> ends.host(n).flatMap(h -> Routes.subnet(cloud, h.address()))));
            boolean runs =
                    Tree.text(pod, "status", "phase").filter("Running"::equals).isPresent();
            if (runs && subnet.isPresent()) {
                images(pod)
                        .filter(image -> !OF_THE_NODE.matcher(image).matches())
                        .forEach(image -> seen.add(way(subnet.get(), registry(image))));
            }
        }
        return seen;
    }

    /** Subnets with the same routes reach the same registries. */
    private static String way(Subnet subnet, String registry) {
        return subnet.routeTable().orElse("main") + " " + registry;
    }

    private static Stream<String> images(Map<String, Object> pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> Tree.maps(pod, "spec", kind).stream())
                .flatMap(c -> Tree.text(c, "image").stream());
    }

    /**
     * EC2 describes the interface of an endpoint by the endpoint's id, so that one without a service's name may be any; a route
     * from a prefix list to an endpoint is taken for that of S3.
     */
    private static boolean byEndpoints(Cloud cloud, Subnet subnet, String registry) {
        Matcher ecr = ECR.matcher(registry);
        if (!ecr.matches()) {
            return false;
        }
        List<String> endpoints = cloud.interfacesOfServices().stream()
                .filter(i -> i.type().equals("vpc_endpoint"))
                .map(NetworkInterface::description)
                .toList();
        boolean layers = Routes.of(cloud, subnet).stream()
                .anyMatch(r -> r.destination().startsWith("pl-") && r.target().startsWith("vpce-"));
        return layers
                && Stream.of("ecr.api", "ecr.dkr")
                        .map(service -> "." + ecr.group(1) + "." + service)
                        .allMatch(name -> endpoints.stream().anyMatch(e -> e.endsWith(name) || !e.contains(".")));
    }
}
