"""Each call of a layer is one more entry in the list, as is the product.

fails: test_what_the_list_of_layers_has
"""

WEIGHTS = [0, 4]
LAYERS = [4, 3]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
