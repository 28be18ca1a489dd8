/** What holds of every plan of the overlay strategy on every cluster, tried on clusters that a seed makes up. */
@NullMarked
package io.cnishift.it.property;

import org.jspecify.annotations.NullMarked;
