package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The ports of a world, by what they are asked for, with their calls counted. */
final class Ports {

    private final CountedPort kubernetes;
    private final CountedPort aws;
    private final CountedPort helm;
    private final World world;
    private final Optional<Ports> second;
    private long questions;

    Ports(World world) {
        this.world = world;
        this.kubernetes = new CountedPort(world.kubernetes());
        this.aws = new CountedPort(world.aws());
        this.helm = new CountedPort(world.helm());
        this.second = world.second().map(Ports::new);
    }

    Port of(Part.Source source) {
        return switch (source) {
            case KUBERNETES -> kubernetes;
            case AWS -> aws;
            case HELM -> helm;
        };
    }

    /** The port that performs an act, on the cluster that it is for. */
    Port of(Act act) {
        if (act instanceof OnSecond) {
            return new SecondPort(required().of(act.api()));
        }
        return act instanceof CarryObject ? new Carrier(kubernetes, required().kubernetes) : of(act.api());
    }

    private Port of(Act.Api api) {
        return switch (api) {
            case KUBERNETES -> kubernetes;
            case AWS -> aws;
            case HELM -> helm;
        };
    }

    /** The ports of the second cluster, where there is one. */
    Optional<Ports> second() {
        return second;
    }

    private Ports required() {
        return second.orElseThrow(() -> new IllegalStateException("an act is for a second cluster, and there is none"));
    }

    /** Leaves an act to the owner of what it changes. */
    void leave(Act act) {
        world.owners().ask(act);
    }

    Answer ask(Question question) {
        if (question.onSecond()) {
            Ports there = required();
            there.questions++;
            return there.world.reach().ask(question);
        }
        questions++;
        return world.reach().ask(question);
    }

    /** Calls so far, by port. */
    Map<String, Long> calls() {
        Map<String, Long> calls = new LinkedHashMap<>();
        calls.put("kubernetes", kubernetes.calls());
        calls.put("aws", aws.calls());
        calls.put("helm", helm.calls());
        calls.put("reach", questions);
        second.ifPresent(s -> s.calls().forEach((port, count) -> calls.merge(port, count, Long::sum)));
        return calls;
    }
}
