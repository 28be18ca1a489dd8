package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.TagSubnet;
import io.cnishift.engine.fact.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tags a subnet so that the VPC CNI makes interfaces in it. The way back:
 *
 * <ol>
 *   <li>Where the VPC CNI knows exclusion (1.22.1 and later), the tag says so first: nodes give no address of the subnet to a pod
 *       any more, and give an interface back once its last pod has gone. That is waited for.
 *   <li>The tag becomes what it was. An older VPC CNI keeps the interfaces that it has until their nodes go; these are named.
 * </ol>
 */
final class TagSubnetHandler implements StepHandler<TagSubnet> {

    private static final String SERVES = "1";
    private static final String EXCLUDED = "0";
    private static final String KNOWS_EXCLUSION = "1.22.1";
    private static final Duration LEFT_WITHIN = Duration.ofMinutes(30);

    @Override
    public StepOutcome next(View view, TagSubnet params, Progress progress) {
        Optional<Subnet> subnet = PodSubnets.at(view, params.subnet());
        if (subnet.isEmpty()) {
            return new StepOutcome.Failed("there is no subnet " + params.subnet(), Disposition.ASK);
        }
        return value(subnet.get()).filter(SERVES::equals).isPresent()
                ? Outcomes.done(
                        "the VPC CNI takes addresses of subnet " + subnet.get().id())
                : new Attempts(progress)
                        .perform("tagging subnet " + subnet.get().id(), tag(view, params, SERVES));
    }

    @Override
    public StepOutcome back(View view, TagSubnet params, Progress progress) {
        Optional<Progress.Entry> ours = Attempts.first(progress, tag(view, params, SERVES));
        Optional<Subnet> there = PodSubnets.at(view, params.subnet());
        if (ours.isEmpty() || there.isEmpty()) {
            return Outcomes.done("no tag of ours is left on subnet " + params.subnet());
        }
        Subnet subnet = there.get();
        Act restore = ours.get().act().inverse(ours.get().before()).orElseThrow();
        Optional<String> was = restore instanceof CreateSubnetTag old ? Optional.of(old.value()) : Optional.empty();
        Optional<String> users = PodSubnets.nodes(view, subnet);
        if (value(subnet).equals(was)) {
            return Outcomes.done("subnet " + subnet.id() + " is tagged as before", left(view, subnet, users));
        }
        if (users.isPresent() && excludes(view)) {
            return leaving(view, params, subnet, users.get(), progress);
        }
        return new Attempts(progress).perform("restoring the tag of subnet " + subnet.id(), restore);
    }

    private static StepOutcome leaving(View view, TagSubnet params, Subnet subnet, String users, Progress progress) {
        if (value(subnet).filter(EXCLUDED::equals).isEmpty()) {
            return new Attempts(progress).perform("excluding subnet " + subnet.id(), tag(view, params, EXCLUDED));
        }
        return Patience.over(progress, LEFT_WITHIN)
                ? Outcomes.blocked(StepCode.SUBNET_IN_USE.of(
                        "subnet " + subnet.id(),
                        "still has interfaces whose addresses pods have on " + users,
                        "restart the pods there that have addresses of " + params.subnet() + "; then resume"))
                : Outcomes.notYet(30, "interfaces are in subnet " + subnet.id() + " for pods on " + users);
    }

    private static List<Finding> left(View view, Subnet subnet, Optional<String> users) {
        return users.filter(u -> !excludes(view)).stream()
                .map(u -> StepCode.SUBNET_IN_USE.of(
                        "subnet " + subnet.id(),
                        "keeps interfaces of " + u + " until these nodes are replaced",
                        "replace them if the subnet has to be empty"))
                .toList();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(
                Part.VPC, Part.SUBNETS, Part.NETWORK_INTERFACES, Part.INSTANCES, Part.NODES, Part.WORKLOADS, Part.PODS);
    }

    @Override
    public List<Fact> facts(View view, TagSubnet params) {
        return PodSubnets.at(view, params.subnet()).stream()
                .flatMap(s -> Stream.of("cidr", "tags[" + TagSubnet.KEY + "]")
                        .map(field -> Facts.same(view, "subnets/" + s.id(), field)))
                .toList();
    }

    private static boolean excludes(View view) {
        return VpcCni.of(view).filter(cni -> cni.atLeast(KNOWS_EXCLUSION)).isPresent();
    }

    private static Optional<String> value(Subnet subnet) {
        return Optional.ofNullable(subnet.tags().get(TagSubnet.KEY));
    }

    private static CreateSubnetTag tag(View view, TagSubnet params, String value) {
        return new CreateSubnetTag(view.vpc().id(), params.subnet(), TagSubnet.KEY, value);
    }
}
