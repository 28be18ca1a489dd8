package io.cnishift.simulator.elb;

import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.Paths.Path;
import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Reach;
import java.util.List;

/**
 * Answers whether a URL is served: {@code ingress NAMESPACE/NAME HOST PATH} by the load balancer of that Ingress,
 * {@code service NAMESPACE/NAME} by every listener that leads to it.
 */
public final class LoadBalancerPaths implements Behaviour {

    @Override
    public String id() {
        return "load-balancer-paths";
    }

    @Override
    public String source() {
        return "ELB user guides: listener rules, routing to targets";
    }

    @Override
    public void install(Kernel kernel) {
        Paths paths = new Paths(kernel);
        UrlPaths urls = new UrlPaths(kernel, paths);
        Reach.Destinations.of(kernel).on(To.URL, (from, question) -> answer(paths, urls, question));
    }

    private static Passage answer(Paths paths, UrlPaths urls, Question question) {
        List<Path> found = urls.of(question.to().name());
        if (found.isEmpty()) {
            return Passage.broken("no load balancer serves " + question.to().name());
        }
        List<Passage> all =
                found.stream().map(p -> named(p, paths.state(p).passage())).toList();
        return all.stream().filter(p -> !p.open()).findFirst().orElse(all.get(0));
    }

    private static Passage named(Path path, Passage passage) {
        return new Passage(passage.verdict(), path.name() + ": " + passage.evidence());
    }
}
