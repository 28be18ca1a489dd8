package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Kernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Zones in which nothing can be launched: for good, or for so many launches. A zone is named in full or by its letter. */
final class ZoneCapacity {

    private static final Pattern ZONE = Pattern.compile("([a-z0-9-]+)(?::([1-9][0-9]{0,5}))?");

    private final Kernel kernel;
    /** Launches that fail yet, by zone. */
    private final Map<String, Integer> left = new LinkedHashMap<>();

    private ZoneCapacity(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What is written, by zone as written. */
    static Map<String, Integer> parse(FaultValue value) {
        Map<String, Integer> launches = new LinkedHashMap<>();
        for (String part : value.text().split(",", -1)) {
            Matcher matcher = ZONE.matcher(part);
            if (!matcher.matches()) {
                throw value.malformed("give zones such as b, b:3 for its first three launches, or a,b");
            }
            launches.put(
                    matcher.group(1),
                    Optional.ofNullable(matcher.group(2)).map(Integer::valueOf).orElse(Integer.MAX_VALUE));
        }
        return launches;
    }

    /** Has launches in these zones fail from now on. */
    static void install(Kernel kernel, FaultValue value) {
        ZoneCapacity capacity = new ZoneCapacity(kernel);
        List<String> zones = kernel.snapshot().subnets().stream()
                .map(Subnet::availabilityZone)
                .distinct()
                .sorted()
                .toList();
        parse(value).forEach((written, launches) -> {
            String zone = zones.stream()
                    .filter(z -> z.equals(written) || (written.length() == 1 && z.endsWith(written)))
                    .findFirst()
                    .orElseThrow(() -> value.malformed("the cluster has the zones " + String.join(", ", zones)));
            capacity.left.put(zone, launches);
        });
        Ec2.of(kernel).refuseLaunches(capacity::refusal);
    }

    private Optional<String> refusal(NodeGroup group, Subnet subnet) {
        String zone = subnet.availabilityZone();
        int launches = left.getOrDefault(zone, 0);
        if (launches == 0) {
            return Optional.empty();
        }
        if (launches < Integer.MAX_VALUE) {
            left.put(zone, launches - 1);
        }
        kernel.injected().note("zone-capacity", "a launch in " + zone + " failed");
        return Optional.of("InsufficientInstanceCapacity: no capacity for "
                + group.instanceTypes().get(0) + " in " + zone);
    }
}
