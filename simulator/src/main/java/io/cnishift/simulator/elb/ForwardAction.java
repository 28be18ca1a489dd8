package io.cnishift.simulator.elb;

import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An {@code alb.ingress.kubernetes.io/actions.NAME} annotation that forwards: the backend with port {@code use-annotation}.
 */
record ForwardAction(String type, Optional<ForwardConfig> forwardConfig) {

    ForwardAction {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(forwardConfig, "forwardConfig");
    }

    /** Where to, by weight. */
    record ForwardConfig(List<TargetGroupTuple> targetGroups) {
        ForwardConfig {
            targetGroups = List.copyOf(targetGroups);
        }
    }

    /** A Service port, or a target group that somebody else made, with its weight, 0 to 999; 1 when none is given. */
    record TargetGroupTuple(
            Optional<String> serviceName,
            Optional<String> servicePort,
            Optional<String> targetGroupARN,
            OptionalInt weight) {
        TargetGroupTuple {
            Objects.requireNonNull(serviceName, "serviceName");
            Objects.requireNonNull(servicePort, "servicePort");
            Objects.requireNonNull(targetGroupARN, "targetGroupARN");
        }

        static TargetGroupTuple of(String service, String port) {
            return new TargetGroupTuple(Optional.of(service), Optional.of(port), Optional.empty(), OptionalInt.of(1));
        }
    }

    /** What the annotation weighs; empty when it is none that this world understands. */
    static Optional<List<TargetGroupTuple>> parse(String annotation) {
        return Codec.builder()
                .build()
                .read(ForwardAction.class, Source.text("annotation", quotedPorts(annotation)))
                .value()
                .filter(a -> a.type().equals("forward"))
                .flatMap(ForwardAction::forwardConfig)
                .map(ForwardConfig::targetGroups);
    }

    /** A port may be written as a number. */
    private static String quotedPorts(String annotation) {
        return annotation.replaceAll("\"servicePort\"\\s*:\\s*([0-9]+)", "\"servicePort\":\"$1\"");
    }
}
