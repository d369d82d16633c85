"""The party tree: 社区大党委, 网格党支部, 楼宇党小组, 党员中心户, and the members in it."""
