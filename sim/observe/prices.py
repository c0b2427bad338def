"""Prices at which hours enter total social cost. They price a finished run and change nothing in it."""

from sim.vocabulary.params import Param

PARAMS = {
    "price_public": Param(
        20.0, "yuan/h", 8.0, 60.0, "assumption", "an hour of public staff, about the mean urban wage of 2012"
    ),
    "price_fee": Param(15.0, "yuan/h", 8.0, 60.0, "assumption", "an hour of firm or company staff"),
    "price_volunteer": Param(10.0, "yuan/h", 0.0, 60.0, "assumption", "an hour of a volunteer: half of a paid hour"),
    "price_board": Param(20.0, "yuan/h", 0.0, 60.0, "assumption", "an hour of a member of council or board"),
    "price_resident": Param(
        10.0, "yuan/h", 0.0, 60.0, "assumption", "an hour of a resident's own time: half of a paid hour"
    ),
}
