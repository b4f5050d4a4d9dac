"""The first page says how much waits, for every role that has something to do."""


def doors(page):
    return {str(door["title"]): door.get("number") for door in page.context["doors"]}


def test_each_role_finds_how_much_waits(world, browser, make):
    make.person()
    assert doors(browser(world.responder).get("/"))["Arrivals and screening"] == 1
    assert doors(browser(world.reception_dpo).get("/")) == {"Emergency openings": 0, "Requests about data": 0}
    admin = browser(world.reception_admin).get("/")
    assert doors(admin) == {"Members": None}
    assert "Appoint, dismiss" in admin.content.decode()
